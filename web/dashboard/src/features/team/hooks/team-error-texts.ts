import type { TFunction } from 'i18next';
import type { ErrorTexts } from '../../../lib/error-text';

/** What was refused may have been offered: somebody else was quicker, or rights have changed. */
export function teamErrorTexts(t: TFunction): ErrorTexts {
  return {
    'auth.forbidden': t('team.managersOnly'),
    'chat.not_participant': t('team.membersOnly'),
    'chat.conversation_archived': t('errors.conversationArchived'),
    'chat.wrong_kind': t('team.wrongKind'),
    'agent.not_found': t('team.agentGone'),
  };
}

import { useTranslation } from 'react-i18next';
import { SlowModeField } from '../../../components/ui/slow-mode-field';
import { useCan } from '../../../lib/self';
import type { ConversationView } from '../../../lib/wire';
import { useConversationActions } from '../api/conversation-actions';

/** How long the user waits between two messages. */
export function SlowModePicker({ conversation }: { conversation: ConversationView }) {
  const { t } = useTranslation();
  const canAnswer = useCan('conversation.answer');
  const { setSlowMode } = useConversationActions(conversation.id);
  return (
    <SlowModeField
      seconds={conversation.slowModeSeconds}
      hint={t('manage.slowModeHint')}
      isDisabled={!canAnswer}
      onChange={setSlowMode}
    />
  );
}

import type { TFunction } from 'i18next';
import type { MessageView } from '../wire';

/** In the agent's language when the event is known by its metadata; else as the server wrote it. */
export function eventText(
  message: Pick<MessageView, 'content' | 'metadata' | 'sender'>,
  t: TFunction,
): string {
  const { event, status, actorName, assigneeName } = message.metadata as Record<string, string | undefined>;
  const actor = actorName || message.sender.name || t('events.system');
  if (event === 'assigned') {
    return assigneeName
      ? t('events.assigned', { actor, target: assigneeName })
      : t('events.unassigned', { actor });
  }
  if (status === 'open' || status === 'pending' || status === 'snoozed' || status === 'resolved') {
    return t(`events.${status}`, { actor });
  }
  return message.content;
}

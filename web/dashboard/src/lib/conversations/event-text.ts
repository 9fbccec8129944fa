import type { TFunction } from 'i18next';
import { dateTime } from '../time';
import type { ConversationStatus, MessageView } from '../wire';

type Told = Pick<MessageView, 'content' | 'metadata' | 'sender'>;

/** What the server says of an event; which of it is there depends on the event. */
interface EventData {
  event?: string;
  actorId?: string | null;
  actorName?: string;
  assigneeId?: string | null;
  assigneeName?: string | null;
  teamName?: string | null;
  status?: string;
  until?: string | null;
  agentNames?: string[];
  name?: string | null;
  previousName?: string | null;
}

const STATUSES: readonly ConversationStatus[] = ['open', 'pending', 'snoozed', 'resolved'];

/** In the agent's language when the event is known by its metadata; else as the server wrote it. */
export function eventText(message: Told, t: TFunction, language: string): string {
  const data = message.metadata as EventData;
  const actor = data.actorName || message.sender.name || t('events.system');
  switch (data.event) {
    case 'assigned':
      return assignedText(data, actor, t);
    case 'team_assigned':
      return data.teamName
        ? t('events.team_assigned', { actor, team: data.teamName })
        : t('events.team_unassigned', { actor });
    case 'status_changed':
      return statusText(data, actor, t, language) ?? message.content;
    case 'participants_added':
    case 'participants_removed':
      return t(`events.${data.event}`, { actor, names: listOf(data.agentNames ?? [], language) });
    case 'renamed':
      return renamedText(data, actor, t);
    case 'joined':
    case 'left':
    case 'archived':
    case 'unarchived':
      return t(`events.${data.event}`, { actor });
    default:
      return message.content;
  }
}

function assignedText({ assigneeId, assigneeName, actorId }: EventData, actor: string, t: TFunction): string {
  if (!assigneeName) return t('events.unassigned', { actor });
  if (assigneeId === actorId) return t('events.taken', { actor });
  return t('events.assigned', { actor, target: assigneeName });
}

function renamedText({ name, previousName }: EventData, actor: string, t: TFunction): string {
  if (!previousName) return t('events.named', { actor, name: name ?? '' });
  return t('events.renamed', { actor, name: name ?? '', previousName });
}

function statusText(data: EventData, actor: string, t: TFunction, language: string): string | null {
  const status = STATUSES.find((one) => one === data.status);
  if (!status) return null;
  if (status !== 'snoozed' || !data.until) return t(`events.${status}`, { actor });
  return t('events.snoozedUntil', { actor, time: dateTime(data.until, language) });
}

function listOf(names: readonly string[], language: string): string {
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(names);
}

import type { MessageView } from '../../../src/contracts/chat.js';
import type { PrincipalRef } from '../../../src/contracts/common.js';

/** What one client did and saw. Only facts: what they are worth is for `checkHistory` to say. */
export interface ClientLog {
  name: string;
  self: PrincipalRef;
  seesNotes: boolean;
  sends: Sent[];
  acks: Acked[];
  changes: AckedChange[];
  heard: Heard[];
  /** Snapshots that were out of order or showed something twice. */
  disorders: string[];
  timelines: FinalTimeline[];
  unread: ToldUnread[];
}

export interface Sent {
  conversationId: string;
  clientMessageId: string;
  content: string;
}

export interface Acked {
  conversationId: string;
  clientMessageId: string;
  id: string;
  seq: number;
  duplicate: boolean;
}

interface ChangeAnswer {
  conversationId: string;
  messageId: string;
  /** Of the message, in the answer. */
  rev: number;
}

export type AckedChange = ChangeAnswer &
  ({ kind: 'edit'; content: string } | { kind: 'delete' } | { kind: 'react'; emoji: string; isOn: boolean });

/** A raw fact from the wire, before the SDK made a timeline of it. */
export interface Heard {
  conversationId: string;
  messageId: string;
  event: 'message:created' | 'message:updated';
  isPrivate: boolean;
}

export interface FinalTimeline {
  conversationId: string;
  messages: readonly MessageView[];
  /** Still on their way, or refused. */
  pending: number;
}

export interface ToldUnread {
  conversationId: string;
  readSeq: number;
  unread: number;
}

/** As it is in the store. */
export interface StoredMessage {
  id: string;
  conversationId: string;
  seq: number;
  rev: number;
  revs: number[];
  clientMessageId: string | null;
  senderKey: string;
  type: string;
  content: string;
  isPrivate: boolean;
  isDeleted: boolean;
  reactions: { emoji: string; by: PrincipalRef[] }[];
}

/** Who may see what is in a conversation: everybody named, by `type:id`. */
export type Audience = ReadonlyMap<string, ReadonlySet<string>>;

export interface Figures {
  sends: number;
  acks: number;
  /** Sends that the server had already, and said so. */
  duplicates: number;
  changes: number;
  /** Acknowledged, and not there as it was acknowledged. */
  lost: number;
  /** Never answered, or never stored. */
  unanswered: number;
  /** One key, several messages; or one message shown twice. */
  repeated: number;
  /** Numbers with holes or doubles, and snapshots out of order. */
  outOfOrder: number;
  /** Clients that ended up with something else than what is stored. */
  diverged: number;
  miscounted: number;
  leaked: number;
  /** The same fact again, on the wire only: allowed, and worth knowing. */
  redelivered: number;
}

export interface Verdict {
  figures: Figures;
  /** In words, the first of each kind. Empty when every promise was kept. */
  faults: string[];
}

export const keyOf = ({ type, id }: { type: string; id: string }): string => `${type}:${id}`;

const UNREAD_CAP = 100;

/** The oracle: were the promises of the engine kept? */
export function checkHistory(
  logs: readonly ClientLog[],
  stored: StoredMessage[],
  audience: Audience,
): Verdict {
  const byConversation = Map.groupBy(
    stored.toSorted((a, b) => a.seq - b.seq),
    ({ conversationId }) => conversationId,
  );
  const found = {
    lost: [...lostMessages(logs, stored), ...lostChanges(logs, stored)],
    unanswered: unansweredSends(logs, stored),
    repeated: [...repeatedKeys(stored), ...shownTwice(logs)],
    outOfOrder: [...brokenSeqs(byConversation), ...brokenRevs(byConversation), ...disorders(logs)],
    diverged: divergedTimelines(logs, byConversation),
    miscounted: miscountedUnread(logs, byConversation),
    leaked: leaks(logs, audience),
  };
  const counts = Object.fromEntries(Object.entries(found).map(([kind, list]) => [kind, list.length]));
  return {
    figures: { ...totals(logs), ...(counts as Record<keyof typeof found, number>) },
    faults: Object.entries(found).flatMap(([kind, list]) => list.slice(0, 3).map((one) => `${kind}: ${one}`)),
  };
}

function totals(logs: readonly ClientLog[]) {
  const sum = (count: (log: ClientLog) => number) => logs.reduce((total, log) => total + count(log), 0);
  return {
    sends: sum((log) => log.sends.length),
    acks: sum((log) => log.acks.length),
    duplicates: sum((log) => log.acks.filter(({ duplicate }) => duplicate).length),
    changes: sum((log) => log.changes.length),
    redelivered: sum((log) => createdIds(log).length - new Set(createdIds(log)).size),
  };
}

function createdIds(log: ClientLog): string[] {
  return log.heard.filter(({ event }) => event === 'message:created').map(({ messageId }) => messageId);
}

function lostMessages(logs: readonly ClientLog[], stored: readonly StoredMessage[]): string[] {
  const byId = new Map(stored.map((message) => [message.id, message]));
  return logs.flatMap((log) =>
    log.acks
      .filter((ack) => {
        const message = byId.get(ack.id);
        const isThere =
          message?.seq === ack.seq &&
          message.conversationId === ack.conversationId &&
          message.clientMessageId === ack.clientMessageId;
        return !isThere;
      })
      .map(
        (ack) =>
          `${log.name} had ${ack.clientMessageId} acknowledged as seq ${ack.seq} of ${ack.conversationId}`,
      ),
  );
}

function lostChanges(logs: readonly ClientLog[], stored: readonly StoredMessage[]): string[] {
  const byId = new Map(stored.map((message) => [message.id, message]));
  const all = logs.flatMap(({ self, changes }) => changes.map((change) => ({ by: keyOf(self), change })));
  const last = new Set(
    [...Map.groupBy(all, ({ by, change }) => `${by} ${subjectOf(change)}`).values()].map(newestOf),
  );
  return all
    .filter(({ by, change }) => !isKept(change, by, last.has(change), byId.get(change.messageId)))
    .map(
      ({ by, change }) => `${by} had ${change.kind} of ${change.messageId} acknowledged as rev ${change.rev}`,
    );
}

/** Of what one person changed again and again, on any device, only the newest is still to be seen. */
function subjectOf(change: AckedChange): string {
  return `${change.messageId} ${change.kind} ${change.kind === 'react' ? change.emoji : ''}`;
}

function newestOf(changes: readonly { change: AckedChange }[]): AckedChange {
  return changes
    .map(({ change }) => change)
    .reduce((newest, change) => (change.rev >= newest.rev ? change : newest));
}

function isKept(
  change: AckedChange,
  by: string,
  isLast: boolean,
  message: StoredMessage | undefined,
): boolean {
  if (!message || message.rev < change.rev) return false;
  if (change.rev > 0 && !message.revs.includes(change.rev)) return false;
  if (change.kind === 'delete') return message.isDeleted;
  if (message.isDeleted || !isLast) return true;
  if (change.kind === 'edit') return message.content === change.content;
  const reacted = message.reactions.find(({ emoji }) => emoji === change.emoji)?.by ?? [];
  return reacted.filter((one) => keyOf(one) === by).length === (change.isOn ? 1 : 0);
}

function unansweredSends(logs: readonly ClientLog[], stored: readonly StoredMessage[]): string[] {
  const keys = new Set(
    stored.map(({ conversationId, clientMessageId }) => `${conversationId} ${clientMessageId}`),
  );
  return logs.flatMap((log) => {
    const acked = new Set(log.acks.map(({ clientMessageId }) => clientMessageId));
    return log.sends
      .filter(({ conversationId, clientMessageId }) => {
        return !acked.has(clientMessageId) && !keys.has(`${conversationId} ${clientMessageId}`);
      })
      .map(({ content, conversationId }) => `${log.name} sent "${content}" to ${conversationId}`);
  });
}

function repeatedKeys(stored: readonly StoredMessage[]): string[] {
  const keyed = stored.filter(({ clientMessageId }) => clientMessageId !== null);
  const groups = Map.groupBy(
    keyed,
    ({ conversationId, senderKey, clientMessageId }) => `${conversationId} ${senderKey} ${clientMessageId}`,
  );
  return [...groups].flatMap(([key, group]) => group.slice(1).map(({ seq }) => `${key} again as seq ${seq}`));
}

function shownTwice(logs: readonly ClientLog[]): string[] {
  return logs.flatMap(({ name, timelines }) =>
    timelines.flatMap(({ messages }) => {
      const ids = new Set<string>();
      return messages
        .filter(({ id }) => ids.has(id) || !ids.add(id))
        .map(({ id }) => `${name} sees ${id} twice`);
    }),
  );
}

function brokenSeqs(byConversation: Map<string, StoredMessage[]>): string[] {
  return [...byConversation].flatMap(([id, messages]) =>
    messages.flatMap(({ seq }, index) => {
      const before = messages[index - 1]?.seq ?? 0;
      return seq === before + 1 ? [] : [`seq ${seq} follows ${before} in ${id}`];
    }),
  );
}

function brokenRevs(byConversation: Map<string, StoredMessage[]>): string[] {
  return [...byConversation].flatMap(([id, messages]) => {
    const revs = messages.flatMap((message) => message.revs).sort((a, b) => a - b);
    const holes = revs
      .filter((rev, index) => rev !== index + 1)
      .map((rev) => `rev ${rev} is out of line in ${id}`);
    const behind = messages
      .filter(({ rev, revs: own }) => rev !== Math.max(0, ...own))
      .map(({ seq, rev }) => `seq ${seq} of ${id} is at rev ${rev}, which is not its newest`);
    return [...holes, ...behind];
  });
}

function disorders(logs: readonly ClientLog[]): string[] {
  return logs.flatMap(({ name, disorders: list }) => list.map((one) => `${name}: ${one}`));
}

function divergedTimelines(
  logs: readonly ClientLog[],
  byConversation: Map<string, StoredMessage[]>,
): string[] {
  return logs.flatMap((log) =>
    log.timelines.flatMap(({ conversationId, messages, pending }) => {
      const seen = (byConversation.get(conversationId) ?? []).filter(
        (one) => log.seesNotes || !one.isPrivate,
      );
      const from = messages[0]?.seq ?? 0;
      const expected = seen.filter(({ seq }) => seq >= from).map(asShown);
      const difference = firstDifference(expected, messages.map(asStored));
      const said = `${log.name} in ${conversationId}`;
      return [
        ...(difference === null ? [] : [`${said}: ${difference}`]),
        ...(pending > 0 ? [`${said}: ${pending} still pending`] : []),
      ];
    }),
  );
}

function firstDifference(expected: readonly string[], seen: readonly string[]): string | null {
  const length = Math.max(expected.length, seen.length);
  for (let index = 0; index < length; index++) {
    if (expected[index] !== seen[index]) return `sees ${seen[index]}, stored is ${expected[index]}`;
  }
  return null;
}

function asShown({ id, seq, rev, content, isDeleted, reactions }: StoredMessage): string {
  return shown({ id, seq, rev, content: isDeleted ? '' : content, isDeleted, reactions });
}

function asStored({ id, seq, rev, content, deletedAt, reactions }: MessageView): string {
  return shown({ id, seq, rev, content, isDeleted: deletedAt !== null, reactions });
}

function shown(
  message: Pick<StoredMessage, 'id' | 'seq' | 'rev' | 'content' | 'isDeleted' | 'reactions'>,
): string {
  const reactions = message.reactions.map(({ emoji, by }) => `${emoji} ${by.map(keyOf).join()}`).sort();
  const { seq, rev, id, content, isDeleted } = message;
  return `#${seq} rev ${rev} ${id} "${content}"${isDeleted ? ' deleted' : ''} ${reactions.join(' ')}`.trim();
}

function miscountedUnread(
  logs: readonly ClientLog[],
  byConversation: Map<string, StoredMessage[]>,
): string[] {
  return logs.flatMap((log) =>
    log.unread.flatMap((told) => {
      const counted = recount(log, told, byConversation.get(told.conversationId) ?? []);
      if (counted === told.unread) return [];
      return [`${log.name} was told ${told.unread} unread in ${told.conversationId}, counted are ${counted}`];
    }),
  );
}

function recount(
  { self, seesNotes }: ClientLog,
  { readSeq }: ToldUnread,
  messages: readonly StoredMessage[],
): number {
  const unread = messages.filter(
    ({ seq, senderKey, type, isDeleted, isPrivate }) =>
      seq > readSeq &&
      senderKey !== keyOf(self) &&
      type !== 'system' &&
      !isDeleted &&
      (seesNotes || !isPrivate),
  );
  return Math.min(unread.length, UNREAD_CAP);
}

function leaks(logs: readonly ClientLog[], audience: Audience): string[] {
  return logs.flatMap((log) => {
    const maySee = (conversationId: string) => audience.get(conversationId)?.has(keyOf(log.self)) ?? false;
    const heard = log.heard
      .filter(({ conversationId, isPrivate }) => !maySee(conversationId) || (isPrivate && !log.seesNotes))
      .map(({ messageId, event }) => `${log.name} heard ${event} of ${messageId}`);
    const shownNotes = log.timelines.flatMap(({ conversationId, messages }) =>
      messages
        .filter((message) => !maySee(conversationId) || (message.private && !log.seesNotes))
        .map(({ id }) => `${log.name} was shown ${id}`),
    );
    return [...heard, ...shownNotes];
  });
}

/** What is wrong with one view of a conversation, if anything. */
export function disorderOf(messages: readonly Pick<MessageView, 'id' | 'seq'>[]): string | null {
  const index = messages.findIndex(({ seq }, at) => at > 0 && seq <= messages[at - 1]!.seq);
  if (index < 0) return null;
  return `a view showed seq ${messages[index]!.seq} after ${messages[index - 1]!.seq}`;
}

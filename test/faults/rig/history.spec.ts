import { beforeEach, describe, expect, it } from '@jest/globals';
import type { MessageView } from '../../../src/contracts/chat.js';
import { checkHistory, disorderOf, type ClientLog, type StoredMessage, type Verdict } from './history.js';

const USER = { type: 'user', id: 'u1' } as const;
const AGENT = { type: 'agent', id: 'a1' } as const;

describe(checkHistory.name, () => {
  let user: ClientLog;
  let agent: ClientLog;
  let stored: StoredMessage[];
  let audience: Map<string, Set<string>>;

  /** A user said two things, the agent made a note, edited it and reacted; everybody saw what they may. */
  beforeEach(() => {
    stored = [
      aStored(1, { senderKey: 'user:u1', clientMessageId: 'k1', content: 'one' }),
      aStored(2, { senderKey: 'user:u1', clientMessageId: 'k2', content: 'two' }),
      aStored(3, { clientMessageId: 'k3', content: 'a better note', isPrivate: true, rev: 1, revs: [1] }),
    ];
    stored[0] = { ...stored[0]!, rev: 2, revs: [2], reactions: [{ emoji: '👍', by: [AGENT] }] };
    user = {
      ...aLog('user', USER, false),
      sends: ['k1', 'k2'].map((clientMessageId) => ({ conversationId: 'c', clientMessageId, content: 'x' })),
      acks: stored.slice(0, 2).map(asAck),
      heard: stored.slice(0, 2).map(asHeard),
      timelines: [{ conversationId: 'c', messages: stored.slice(0, 2).map(asView), pending: 0 }],
      unread: [{ conversationId: 'c', readSeq: 0, unread: 0 }],
    };
    agent = {
      ...aLog('agent', AGENT, true),
      sends: [{ conversationId: 'c', clientMessageId: 'k3', content: 'a note' }],
      acks: [asAck(stored[2]!)],
      changes: [
        { kind: 'edit', conversationId: 'c', messageId: 'm3', rev: 1, content: 'a better note' },
        { kind: 'react', conversationId: 'c', messageId: 'm1', rev: 2, emoji: '👍', isOn: true },
      ],
      heard: stored.map(asHeard),
      timelines: [{ conversationId: 'c', messages: stored.map(asView), pending: 0 }],
      unread: [{ conversationId: 'c', readSeq: 1, unread: 1 }],
    };
    audience = new Map([['c', new Set(['user:u1', 'agent:a1'])]]);
  });

  const check = (): Verdict => checkHistory([user, agent], stored, audience);

  it('finds nothing in a history that kept every promise', () => {
    expect(check()).toEqual({
      figures: {
        ...{ sends: 3, acks: 3, duplicates: 0, changes: 2, redelivered: 0 },
        ...{ lost: 0, unanswered: 0, repeated: 0, outOfOrder: 0, diverged: 0, miscounted: 0, leaked: 0 },
      },
      faults: [],
    });
  });

  it('finds an acknowledged message that is not there', () => {
    stored = stored.filter(({ id }) => id !== 'm2');
    expect(check().figures).toMatchObject({ lost: 1, outOfOrder: 1 });
  });

  it('finds an acknowledged message under another number', () => {
    user.acks[1] = { ...user.acks[1]!, seq: 7 };
    expect(check().figures.lost).toBe(1);
  });

  it('finds an acknowledged message under another id', () => {
    user.acks[1] = { ...user.acks[1]!, id: 'm9' };
    expect(check().figures.lost).toBe(1);
  });

  it('finds a send that nobody ever answered', () => {
    user.sends.push({ conversationId: 'c', clientMessageId: 'k9', content: 'into the void' });
    expect(check().figures.unanswered).toBe(1);
  });

  it('finds one clientMessageId in two messages', () => {
    stored.push(aStored(4, { senderKey: 'user:u1', clientMessageId: 'k1' }));
    expect(check().figures.repeated).toBe(1);
  });

  it('lets another sender have the same clientMessageId', () => {
    stored.push(aStored(4, { senderKey: 'agent:a2', clientMessageId: 'k1', isPrivate: true }));
    expect(check().figures.repeated).toBe(0);
  });

  it('finds a hole in the numbers and a number given twice', () => {
    stored[2] = { ...stored[2]!, seq: 5 };
    expect(check().figures.outOfOrder).toBe(1);
    stored[2] = { ...stored[2], seq: 2 };
    expect(check().figures.outOfOrder).toBe(1);
  });

  it('finds a hole in the numbers of changes and one given to two messages', () => {
    stored[0] = { ...stored[0]!, rev: 3, revs: [3] };
    expect(check().figures.outOfOrder).toBe(1);
    stored[0] = { ...stored[0], rev: 1, revs: [1] };
    expect(check().figures.outOfOrder).toBe(1);
  });

  it('finds a message whose rev is not its newest change', () => {
    stored[0] = { ...stored[0]!, rev: 1 };
    expect(check().figures.outOfOrder).toBe(1);
  });

  it('finds an acknowledged edit that something older has undone', () => {
    stored[2] = { ...stored[2]!, content: 'a note' };
    expect(check().figures.lost).toBe(1);
  });

  it('accepts an edit that a later one, or a deletion, went over', () => {
    const edit = { kind: 'edit', conversationId: 'c', messageId: 'm3', rev: 3, content: 'the best' } as const;
    agent.changes.push(edit);
    stored[2] = { ...stored[2]!, content: 'the best', rev: 3, revs: [1, 3] };
    expect(check().figures.lost).toBe(0);
    stored[2] = { ...stored[2], content: '', isDeleted: true, rev: 4, revs: [1, 3, 4] };
    expect(check().figures.lost).toBe(0);
  });

  it('takes the newest of what one person changed on two devices', () => {
    const off = {
      kind: 'react',
      conversationId: 'c',
      messageId: 'm1',
      rev: 3,
      emoji: '👍',
      isOn: false,
    } as const;
    const atHome = { ...aLog('agent at home', AGENT, true), changes: [off] };
    stored[0] = { ...stored[0]!, reactions: [], rev: 3, revs: [2, 3] };
    expect(checkHistory([user, agent, atHome], stored, audience).figures.lost).toBe(0);
    stored[0] = { ...stored[0], reactions: [{ emoji: '👍', by: [AGENT] }] };
    expect(checkHistory([user, agent, atHome], stored, audience).figures.lost).toBe(1);
  });

  it('finds an acknowledged deletion that did not last', () => {
    agent.changes.push({ kind: 'delete', conversationId: 'c', messageId: 'm3', rev: 1 });
    expect(check().figures.lost).toBe(1);
  });

  it('finds an acknowledged reaction that is not there, or there twice', () => {
    stored[0] = { ...stored[0]!, reactions: [] };
    expect(check().figures.lost).toBe(1);
    stored[0] = { ...stored[0], reactions: [{ emoji: '👍', by: [AGENT, AGENT] }] };
    expect(check().figures.lost).toBe(1);
  });

  it('finds an acknowledged change whose number the message does not have', () => {
    agent.changes[0] = { ...agent.changes[0]!, rev: 5 };
    expect(check().figures.lost).toBe(1);
  });

  it('finds a client that misses a message in the middle or at the end', () => {
    for (const missing of [1, 2]) {
      agent.timelines[0]!.messages = stored.map(asView).filter((_, index) => index !== missing);
      expect(check().figures.diverged).toBe(1);
    }
  });

  it('finds a client that has an old content, an old rev or no tombstone', () => {
    const [first, second, third] = stored.map(asView);
    for (const stale of [{ content: 'a note' }, { rev: 0 }, { deletedAt: '2026-01-01T00:00:00.000Z' }]) {
      agent.timelines[0]!.messages = [first!, second!, { ...third!, ...stale }];
      expect(check().figures.diverged).toBe(1);
    }
  });

  it('finds a client that still has something pending', () => {
    agent.timelines[0]!.pending = 1;
    expect(check().figures.diverged).toBe(1);
  });

  it('lets a client begin where it has begun to read', () => {
    agent.timelines[0]!.messages = stored.map(asView).slice(1);
    expect(check().figures.diverged).toBe(0);
  });

  it('finds a message that is shown twice', () => {
    const [first, ...rest] = stored.map(asView);
    agent.timelines[0]!.messages = [first!, first!, ...rest];
    expect(check().figures.repeated).toBe(1);
  });

  it('finds a snapshot that was out of order', () => {
    user.disorders.push('seq 2 before seq 1');
    expect(check().figures.outOfOrder).toBe(1);
  });

  it('finds a wrong count of unread messages', () => {
    agent.unread[0]!.unread = 2;
    expect(check().figures.miscounted).toBe(1);
  });

  it('counts no notes, no deleted and no own messages for a user', () => {
    stored.push(aStored(4, { content: 'hello' }), aStored(5, { isDeleted: true, rev: 3, revs: [3] }));
    user.unread[0]!.unread = 1;
    expect(check().figures.miscounted).toBe(0);
  });

  it('finds a note that a user heard or was shown', () => {
    user.heard.push(asHeard(stored[2]!));
    expect(check().figures.leaked).toBe(1);
    user.timelines[0]!.messages = stored.map(asView);
    expect(check().figures.leaked).toBe(2);
  });

  it('finds a stranger who heard anything at all', () => {
    audience.get('c')!.delete('agent:a1');
    expect(check().figures.leaked).toBe(6);
  });

  it('counts what came twice over the wire without holding it against anybody', () => {
    user.heard.push(asHeard(stored[0]!));
    expect(check()).toMatchObject({ figures: { redelivered: 1, repeated: 0 }, faults: [] });
  });

  it('says in words what it found', () => {
    user.acks[1] = { ...user.acks[1]!, seq: 7 };
    expect(check().faults).toEqual(['lost: user had k2 acknowledged as seq 7 of c']);
  });
});

describe(disorderOf.name, () => {
  it('accepts ascending numbers, with or without holes', () => {
    expect(disorderOf([])).toBeNull();
    expect(
      disorderOf([
        { id: 'a', seq: 1 },
        { id: 'b', seq: 4 },
      ]),
    ).toBeNull();
  });

  it('names what came too late or twice', () => {
    expect(
      disorderOf([
        { id: 'a', seq: 2 },
        { id: 'b', seq: 1 },
      ]),
    ).toContain('seq 1 after 2');
    expect(
      disorderOf([
        { id: 'a', seq: 2 },
        { id: 'a', seq: 2 },
      ]),
    ).toContain('seq 2 after 2');
  });
});

function aLog(name: string, self: ClientLog['self'], seesNotes: boolean): ClientLog {
  const nothing = { sends: [], acks: [], changes: [], heard: [], disorders: [], timelines: [], unread: [] };
  return { name, self, seesNotes, ...nothing };
}

function aStored(seq: number, fields: Partial<StoredMessage>): StoredMessage {
  return {
    ...{
      id: `m${seq}`,
      conversationId: 'c',
      seq,
      rev: 0,
      revs: [],
      clientMessageId: null,
      senderKey: 'agent:a1',
    },
    ...{ type: 'text', content: '', isPrivate: false, isDeleted: false, reactions: [] },
    ...fields,
  };
}

function asAck({ id, conversationId, clientMessageId, seq }: StoredMessage) {
  return { id, conversationId, clientMessageId: clientMessageId ?? '', seq, duplicate: false };
}

function asHeard({ id, conversationId, isPrivate }: StoredMessage) {
  return { messageId: id, conversationId, isPrivate, event: 'message:created' as const };
}

function asView({ id, seq, rev, content, isPrivate, isDeleted, reactions }: StoredMessage): MessageView {
  const deletedAt = isDeleted ? '2026-01-01T00:00:00.000Z' : null;
  const counted = reactions.map(({ emoji, by }) => ({ emoji, by, count: by.length }));
  return {
    id,
    seq,
    rev,
    content,
    private: isPrivate,
    deletedAt,
    reactions: counted,
  } as unknown as MessageView;
}

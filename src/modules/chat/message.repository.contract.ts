import { beforeEach, describe, expect, it } from '@jest/globals';
import { EVERY_TENANT, type EnvironmentScope, type Scope } from '../../common/access/principal.js';
import { newId } from '../../common/ids.js';
import type { PersonView } from '../../contracts/chat.js';
import { attachmentKeyOf } from './attachment.js';
import { IdempotencyConflict } from './chat.errors.js';
import { senderKeyOf } from './conversation.js';
import { aDraft, aScope } from './fakes/factories.fake.js';
import { UNCHANGED, type Message, type MessageDraft, type OutboxIntent } from './message.js';
import { describeMessageOutbox, tasksOf } from './message-outbox.contract.js';
import type { Sight } from './message-sight.js';
import type { MessageRepository } from './message.repository.js';

const USER: PersonView = { type: 'user', id: newId(), name: 'Kim Minji', avatarUrl: null };
const AGENT: PersonView = { type: 'agent', id: newId(), name: 'Jiwoo Park', avatarUrl: null };
const ALL: Sight = { seesPrivate: true, seesHeld: true };
const LEASE_MS = 10_000;
const FAR = new Date(Date.now() + 3_600_000);

/** What every MessageRepository does, the fake as well as the real one. `create` gives two nodes on one database. */
export function describeMessageRepository(create: () => [MessageRepository, MessageRepository]): void {
  let messages: MessageRepository;
  let onOtherNode: MessageRepository;
  let scope: EnvironmentScope;
  let conversationId: string;

  beforeEach(() => {
    [messages, onOtherNode] = create();
    scope = aScope();
    conversationId = newId();
  });

  const draft = (given: Partial<MessageDraft> = {}) =>
    aDraft({ ...scope, conversationId, sender: USER, ...given });
  const say = async (given: Partial<MessageDraft> | string = {}, on = messages) => {
    const said = typeof given === 'string' ? { content: given } : given;
    return (await on.append(scope, draft(said))).message;
  };
  const sayAll = async (...contents: string[]) => {
    for (const content of contents) await say(content);
  };
  const contents = (found: readonly { content: string }[] = []) => found.map(({ content }) => content);
  const seqs = (found: readonly { seq: number }[]) => found.map(({ seq }) => seq).sort((a, b) => a - b);
  const edit = (id: string, content: string, outbox: OutboxIntent[] = [], on = messages) =>
    on.change(scope, conversationId, id, () => ({ content }), outbox);
  const claimMine = async () => {
    const claimed = await messages.claimOverdue(FAR, LEASE_MS, 500);
    return claimed.filter(({ message }) => message.conversationId === conversationId);
  };

  describe('append', () => {
    it('numbers from one and gives back what was said', async () => {
      const given = draft({ metadata: { order: 'A-1' }, mentions: [{ type: 'agent', id: AGENT.id }] });
      const { outbox: _, ...said } = given;
      const { message, repeated } = await messages.append(scope, given);
      expect(repeated).toBe(false);
      expect(message).toEqual({ ...said, ...UNCHANGED, seq: 1 });
      expect(await messages.find(scope, conversationId, message.id)).toEqual(message);
      expect((await say()).seq).toBe(2);
    });

    it('returns the first message when a clientMessageId repeats, on every node', async () => {
      const first = await say({ clientMessageId: 'c1' });
      for (const node of [messages, onOtherNode]) {
        const again = await node.append(scope, draft({ clientMessageId: 'c1' }));
        expect(again).toEqual({ message: first, repeated: true });
      }
      expect((await say()).seq).toBe(2);
    });

    it('refuses another body under the same clientMessageId', async () => {
      await say({ clientMessageId: 'c1', content: 'one' });
      for (const node of [messages, onOtherNode]) {
        const other = node.append(scope, draft({ clientMessageId: 'c1', content: 'two' }));
        await expect(other).rejects.toBeInstanceOf(IdempotencyConflict);
      }
      expect((await messages.heads(scope, [conversationId])).get(conversationId)?.headSeq).toBe(1);
    });

    it('keeps the clientMessageIds of senders and conversations apart, and takes none for different', async () => {
      const shared = { clientMessageId: 'c1' };
      const elsewhere = draft({ ...shared, conversationId: newId() });
      expect([
        (await say({ ...shared, sender: USER })).seq,
        (await say({ ...shared, sender: AGENT })).seq,
        (await messages.append(scope, elsewhere)).message.seq,
        (await say({ clientMessageId: null })).seq,
        (await say({ clientMessageId: null })).seq,
      ]).toEqual([1, 2, 1, 3, 4]);
    });

    it('gives dense numbers to those who send at once on two nodes', async () => {
      const sends = Array.from({ length: 80 }, (_, index) =>
        say(`m${index}`, index % 2 ? messages : onOtherNode),
      );
      expect(seqs(await Promise.all(sends))).toEqual(Array.from({ length: 80 }, (_, index) => index + 1));
    });

    it('stores one message when its repeats arrive at once on two nodes, among others', async () => {
      const sends = Array.from({ length: 20 }, (_, index) => {
        const node = index % 2 ? messages : onOtherNode;
        return node.append(scope, draft(index % 4 < 2 ? { clientMessageId: 'same' } : {}));
      });
      const sent = await Promise.all(sends);
      expect(new Set(sent.map(({ message }) => message.id)).size).toBe(11);
      expect(sent.filter(({ repeated }) => repeated)).toHaveLength(9);
      const all = await messages.page(scope, conversationId, { limit: 50, ...ALL });
      expect(seqs(all)).toEqual(Array.from({ length: 11 }, (_, index) => index + 1));
    });
  });

  it('shows nothing to another tenant or another environment', async () => {
    const { id } = await say();
    const strangers = [aScope(), { ...scope, environmentId: newId() }, { ...scope, organizationId: newId() }];
    const position = { conversationId, afterSeq: 0, senderKey: '' };
    const sight = { limit: 10, ...ALL };
    await messages.change(scope, conversationId, id, () => ({ pinned: true }), []);
    for (const stranger of strangers) {
      expect(await messages.find(stranger, conversationId, id)).toBeNull();
      expect(await messages.page(stranger, conversationId, sight)).toEqual([]);
      expect(await messages.listPinned(stranger, conversationId, sight)).toEqual([]);
      expect((await messages.heads(stranger, [conversationId])).get(conversationId)).toEqual({
        headSeq: 0,
        headRev: 0,
      });
      const deltas = await messages.deltas(stranger, [{ conversationId, afterSeq: 0, afterRev: 0 }], sight);
      expect(deltas.get(conversationId)).toEqual({ messages: [], changes: [], headSeq: 0, headRev: 0 });
      expect(
        (await messages.countUnread(stranger, [position], { cap: 9, seesPrivate: true })).get(conversationId),
      ).toBe(0);
      expect(await messages.listUnread(stranger, position, sight)).toEqual([]);
      await messages.completeTaskUpTo(stranger, conversationId, 9, 'notify', 'user');
      expect(await messages.eraseAll(stranger, [conversationId])).toBe(0);
      const change = messages.change(stranger, conversationId, id, () => ({ content: 'x' }), []);
      expect(await change).toBeNull();
    }
    expect((await messages.find(scope, conversationId, id))?.rev).toBe(1);
    expect(tasksOf(await claimMine())).toEqual(['fanout', 'notify']);
  });

  it('shows an organization what is in all its environments', async () => {
    const message = await say();
    const wide = { organizationId: scope.organizationId };
    expect(await messages.find(wide, conversationId, message.id)).toEqual(message);
  });

  describe('page', () => {
    beforeEach(() => sayAll('1', '2', '3', '4', '5'));

    const page = (bounds: { beforeSeq?: number; afterSeq?: number; limit: number }, sight = ALL) =>
      messages.page(scope, conversationId, { ...bounds, ...sight }).then(contents);

    it('gives the newest, ascending', async () => expect(await page({ limit: 2 })).toEqual(['4', '5']));
    it('goes back', async () => expect(await page({ beforeSeq: 4, limit: 2 })).toEqual(['2', '3']));
    it('goes forward', async () => expect(await page({ afterSeq: 2, limit: 2 })).toEqual(['3', '4']));
    it('goes forward from the beginning', async () =>
      expect(await page({ afterSeq: 0, limit: 1 })).toEqual(['1']));

    it('leaves notes out for those who may not see them', async () => {
      await say({ content: 'note', private: true });
      expect(await page({ limit: 1 }, { ...ALL, seesPrivate: false })).toEqual(['5']);
      expect(await page({ limit: 1 })).toEqual(['note']);
    });

    it('leaves out what is held for those who may not see it', async () => {
      await say({ content: 'held', held: true });
      expect(await page({ limit: 1 }, { ...ALL, seesHeld: false })).toEqual(['5']);
      expect(await page({ limit: 1 }, { ...ALL, seesPrivate: false })).toEqual(['held']);
    });
  });

  describe('listPinned', () => {
    beforeEach(() => sayAll('1', '2', '3', '4', '5'));
    const pin = async (content: string, pinned = true) => {
      const said = await messages.page(scope, conversationId, { limit: 9, ...ALL });
      const found = said.find((message) => message.content === content);
      await messages.change(scope, conversationId, found!.id, () => ({ pinned }), []);
    };
    const pinned = async (bounds: { beforeSeq?: number; limit?: number; seesPrivate?: boolean } = {}) =>
      contents(await messages.listPinned(scope, conversationId, { limit: 9, seesPrivate: true, ...bounds }));

    it('gives what is pinned now, the newest first, page by page', async () => {
      for (const content of ['4', '1', '2', '5']) await pin(content);
      await pin('2', false);
      expect(await pinned()).toEqual(['5', '4', '1']);
      expect(await pinned({ limit: 2 })).toEqual(['5', '4']);
      expect(await pinned({ beforeSeq: 4 })).toEqual(['1']);
    });

    it('leaves notes out for those who may not see them', async () => {
      await say({ content: 'note', private: true });
      for (const content of ['note', '3']) await pin(content);
      expect(await pinned({ seesPrivate: false })).toEqual(['3']);
      expect(await pinned()).toEqual(['note', '3']);
    });
  });

  it('finds many of any conversation at once, within the tenant', async () => {
    const here = await say('here');
    const elsewhere = await say({ content: 'elsewhere', conversationId: newId() });
    const ids = [here.id, elsewhere.id, newId()];
    for (const within of [scope, { organizationId: scope.organizationId }, EVERY_TENANT] as const) {
      expect(contents(await messages.findMany(within, ids)).sort()).toEqual(['elsewhere', 'here']);
    }
    expect(await messages.findMany(aScope(), ids)).toEqual([]);
    expect(await messages.findMany({ ...scope, environmentId: newId() }, ids)).toEqual([]);
  });

  it('finds the message that files were sent with, within the tenant', async () => {
    const sent = await say({ clientMessageId: 'order:7' });
    const sameId = { clientMessageId: 'order:7', sender: AGENT };
    for (const message of [sent, await say(sameId), await say({ clientMessageId: null })]) {
      const find = (reach: Scope, within = conversationId) =>
        onOtherNode.findByFiles(reach, within, attachmentKeyOf(message));
      expect(await find(scope)).toEqual(message);
      expect(await find({ organizationId: scope.organizationId })).toEqual(message);
      for (const stranger of [aScope(), { ...scope, environmentId: newId() }])
        expect(await find(stranger)).toBeNull();
      expect(await find(scope, newId())).toBeNull();
    }
    const unsent = attachmentKeyOf({ ...sent, clientMessageId: 'order:8' });
    expect(await messages.findByFiles(scope, conversationId, unsent)).toBeNull();
  });

  describe('versions', () => {
    const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 10, minute));
    const rewrite = (id: string, minute: number) => {
      const rule = ({ content }: Message) => ({
        content: `${minute}`,
        earlier: { content, writtenAt: at(minute) },
      });
      return messages.change(scope, conversationId, id, rule, []);
    };
    const versions = (id: string, reach: EnvironmentScope = scope) =>
      onOtherNode.versions(reach, conversationId, id);

    it('keeps what was said before, the newest twenty', async () => {
      const { id } = await say('0');
      expect(await versions(id)).toEqual([]);
      await rewrite(id, 1);
      expect(await versions(id)).toEqual([{ content: '0', writtenAt: at(1) }]);
      for (let minute = 2; minute <= 22; minute++) await rewrite(id, minute);
      const kept = Array.from({ length: 20 }, (_, index) => `${index + 2}`);
      expect(contents((await versions(id)) ?? [])).toEqual(kept);
    });

    it('forgets all of it when it is told to, and shows it to nobody else', async () => {
      const { id } = await say('0');
      await rewrite(id, 1);
      expect(await versions(id, aScope())).toBeNull();
      expect(await versions(newId())).toBeNull();
      expect(await messages.find(scope, conversationId, id)).not.toHaveProperty('earlier');
      await messages.change(scope, conversationId, id, () => ({ content: '', earlier: null }), []);
      expect(await versions(id)).toEqual([]);
    });
  });

  describe('claimMentions', () => {
    it('gives each person to one of those who claim at once, and never again', async () => {
      const { id } = await say();
      const claim = (ids: string[], on = messages, reach = scope) =>
        on.claimMentions(reach, conversationId, id, ids);
      const claims = await Promise.all([claim(['a', 'b']), claim(['a', 'b'], onOtherNode), claim(['b'])]);
      expect(claims.flat().sort()).toEqual(['a', 'b']);
      expect(await claim(['a', 'c', 'b'])).toEqual(['c']);
      expect(await claim(['d'], messages, aScope())).toEqual([]);
      expect((await messages.find(scope, conversationId, id))?.rev).toBe(0);
    });
  });

  describe('threads', () => {
    let root: Message;
    const reply = (given: Partial<MessageDraft> = {}) => say({ threadRootId: root.id, ...given });

    beforeEach(async () => {
      root = await say('root');
    });

    it('counts the replies that are stored, and none where there are none', async () => {
      expect(await messages.countReplies(scope, root)).toBeNull();
      const first = await reply({ createdAt: new Date('2026-11-20T10:00:00.000Z') });
      const last = await reply({ createdAt: new Date('2026-11-20T11:00:00.000Z') });
      await say('elsewhere');
      const both = { replyCount: 2, lastReplyAt: last.createdAt, lastReplySeq: last.seq };
      for (const node of [messages, onOtherNode]) expect(await node.countReplies(scope, root)).toEqual(both);
      await messages.change(scope, conversationId, last.id, () => ({ deletedAt: new Date() }), []);
      const one = { replyCount: 1, lastReplyAt: first.createdAt, lastReplySeq: first.seq };
      expect(await messages.countReplies(scope, root)).toEqual(one);
      expect(await messages.countReplies(aScope(), root)).toBeNull();
    });

    it('counts no note under what everybody sees', async () => {
      await reply({ private: true });
      expect(await messages.countReplies(scope, root)).toBeNull();
      expect((await messages.countReplies(scope, { ...root, private: true }))?.replyCount).toBe(1);
    });

    it('counts no reply that is held, and counts it when it is approved', async () => {
      const { id } = await reply({ held: true });
      expect(await messages.countReplies(scope, root)).toBeNull();
      await messages.change(scope, conversationId, id, () => ({ held: false }), []);
      expect((await messages.countReplies(scope, root))?.replyCount).toBe(1);
    });

    it('keeps on the root what was counted', async () => {
      const thread = { replyCount: 1, lastReplyAt: new Date('2026-11-20T10:00:00.000Z'), lastReplySeq: 2 };
      await messages.change(scope, conversationId, root.id, () => ({ thread }), []);
      expect((await onOtherNode.find(scope, conversationId, root.id))?.thread).toEqual(thread);
    });

    it('lists the replies of one thread, page by page', async () => {
      for (const content of ['1', '2', '3']) {
        await reply({ content });
        await say('elsewhere');
      }
      const list = async (bounds: { beforeSeq?: number; afterSeq?: number; limit: number }) => {
        const sight = { ...bounds, threadRootId: root.id, ...ALL };
        return contents(await messages.page(scope, conversationId, sight));
      };
      expect(await list({ limit: 2 })).toEqual(['2', '3']);
      expect(await list({ limit: 2, afterSeq: 0 })).toEqual(['1', '2']);
      expect(await list({ limit: 5, beforeSeq: 4 })).toEqual(['1']);
    });
  });

  describe('heads and deltas', () => {
    it('answers for many at once, and zero where nothing was said', async () => {
      await sayAll('1', '2', '3');
      const empty = newId();
      const head = { headSeq: 3, headRev: 0 };
      const none = { headSeq: 0, headRev: 0 };
      for (const reach of [scope, EVERY_TENANT] as const) {
        const heads = await messages.heads(reach, [conversationId, empty]);
        expect([heads.get(conversationId), heads.get(empty)]).toEqual([head, none]);
      }
      const from = [conversationId, empty].map((id) => ({ conversationId: id, afterSeq: 1, afterRev: 0 }));
      const deltas = await messages.deltas(scope, from, { limit: 10, ...ALL });
      expect(contents(deltas.get(conversationId)?.messages)).toEqual(['2', '3']);
      expect(deltas.get(conversationId)).toMatchObject({ ...head, changes: [] });
      expect(deltas.get(empty)).toEqual({ ...none, messages: [], changes: [] });
      expect((await messages.heads(scope, [])).size).toBe(0);
    });

    it('gives at most the limit, oldest first, and the true head', async () => {
      await sayAll('1', '2', '3');
      const [from, limit] = [[{ conversationId, afterSeq: 0, afterRev: 0 }], 2];
      const delta = (await messages.deltas(scope, from, { limit, ...ALL })).get(conversationId);
      expect(contents(delta?.messages)).toEqual(['1', '2']);
      expect(delta?.headSeq).toBe(3);
    });

    it('leaves notes out for those who may not see them', async () => {
      await say({ content: 'note', private: true });
      await say('said');
      expect(await shown({ ...ALL, seesPrivate: false })).toEqual(['said']);
      expect(await shown(ALL)).toEqual(['note', 'said']);
    });

    it('leaves out what is held for those who may not see it, and brings it as a change when it is approved', async () => {
      const { id } = await say({ content: 'held', held: true });
      expect([await shown(ALL), await shown({ ...ALL, seesHeld: false })]).toEqual([['held'], []]);
      await messages.change(scope, conversationId, id, () => ({ held: false }), []);
      const from = [{ conversationId, afterSeq: 1, afterRev: 0 }];
      const strict = { seesPrivate: false, seesHeld: false };
      const delta = (await messages.deltas(scope, from, { limit: 9, ...strict })).get(conversationId);
      expect(delta).toMatchObject({ messages: [], changes: [{ id, held: false, rev: 1 }] });
    });

    const shown = async (sight: Sight) => {
      const from = [{ conversationId, afterSeq: 0, afterRev: 0 }];
      const deltas = await messages.deltas(scope, from, { limit: 9, ...sight });
      return contents(deltas.get(conversationId)?.messages);
    };
  });

  describe('unread', () => {
    const unread = async (afterSeq: number, { cap = 100, seesPrivate = false, reader = AGENT } = {}) => {
      const positions = [{ conversationId, afterSeq, senderKey: senderKeyOf(reader) }];
      return (await messages.countUnread(scope, positions, { cap, seesPrivate })).get(conversationId);
    };

    it('counts what others said after the marker, and no more than the cap', async () => {
      await sayAll('1', '2', '3');
      await say({ content: 'own', sender: AGENT });
      expect([await unread(0), await unread(2), await unread(4), await unread(0, { cap: 2 })]).toEqual([
        3, 1, 0, 2,
      ]);
    });

    it('counts neither what the system says nor the notes of others', async () => {
      await say({ type: 'system' });
      await say({ private: true, sender: AGENT });
      expect(await unread(0, { reader: USER })).toBe(0);
      expect(await unread(0, { reader: USER, seesPrivate: true })).toBe(1);
    });

    it('counts a reply that stays in its thread for a customer, and not between agents', async () => {
      const inThread = { threadRootId: newId() };
      await say({ ...inThread, sender: AGENT });
      expect(await unread(0, { reader: USER })).toBe(1);
      const team = { conversationId: newId(), environmentId: null, sender: AGENT };
      await messages.append(scope, aDraft({ ...scope, ...team, ...inThread }));
      await messages.append(scope, aDraft({ ...scope, ...team, ...inThread, alsoInConversation: true }));
      const wide = { organizationId: scope.organizationId };
      const position = { conversationId: team.conversationId, afterSeq: 0, senderKey: senderKeyOf(USER) };
      const counts = await messages.countUnread(wide, [position], { cap: 9, seesPrivate: true });
      expect(counts.get(team.conversationId)).toBe(1);
      expect(await messages.listUnread(wide, position, { limit: 9, seesPrivate: true })).toMatchObject([
        { alsoInConversation: true },
      ]);
    });

    it('counts and lists nothing that is held before it is approved', async () => {
      const { id } = await say({ content: 'held', held: true });
      const position = { conversationId, afterSeq: 0, senderKey: senderKeyOf(AGENT) };
      const listed = () =>
        messages.listUnread(scope, position, { limit: 9, seesPrivate: true }).then(contents);
      expect([await unread(0, { seesPrivate: true }), await listed()]).toEqual([0, []]);
      await messages.change(scope, conversationId, id, () => ({ held: false }), []);
      expect([await unread(0), await listed()]).toEqual([1, ['held']]);
    });

    it('lists the newest of them, ascending', async () => {
      await sayAll('1', '2', '3');
      await say({ content: 'own', sender: AGENT });
      const position = { conversationId, afterSeq: 0, senderKey: senderKeyOf(AGENT) };
      const listed = await messages.listUnread(scope, position, { limit: 2, seesPrivate: false });
      expect(contents(listed)).toEqual(['2', '3']);
    });
  });

  describe('change', () => {
    const revsOf = async () => {
      const from = [{ conversationId, afterSeq: 0, afterRev: 0 }];
      const sight = { limit: 200, ...ALL };
      return (await messages.deltas(scope, from, sight)).get(conversationId)?.changes.map(({ rev }) => rev);
    };

    it('stores what the rule makes of it under the next number, and keeps everything else', async () => {
      const first = await say('one');
      const second = await say('two');
      const editedAt = new Date('2026-11-21T09:00:00.000Z');
      const rule = (found: Message) => ({ content: `${found.content}!`, editedAt });
      const changed = await messages.change(scope, conversationId, second.id, rule, []);
      const expected = { ...second, content: 'two!', editedAt, rev: 1 };
      expect(changed).toEqual({ message: expected, changed: true, tasks: [] });
      expect(await messages.find(scope, conversationId, second.id)).toEqual(expected);
      expect(await messages.find(scope, conversationId, first.id)).toEqual(first);
      expect((await edit(first.id, 'one!'))?.message.rev).toBe(2);
    });

    it('takes no number for what makes no difference', async () => {
      const message = await say();
      const unchanged = await messages.change(scope, conversationId, message.id, () => null, []);
      expect(unchanged).toEqual({ message, changed: false, tasks: [] });
      expect((await edit(message.id, 'x'))?.message.rev).toBe(1);
    });

    it('leaves the marks of the rule as well, which knows who was told of a mention', async () => {
      const { id } = await say({ outbox: [] });
      await messages.claimMentions(scope, conversationId, id, ['a', 'b']);
      const [outbox, more] = (['change', 'mention'] as const).map((task) => [{ task, due: FAR }]);
      const rule = (_: Message, toldIds: readonly string[]) => ({
        lateMentionIds: [...toldIds],
        outbox: more!,
      });
      const changed = await messages.change(scope, conversationId, id, rule, outbox!);
      expect(changed).toMatchObject({
        message: { lateMentionIds: ['a', 'b'] },
        tasks: ['change', 'mention'],
      });
      expect(changed?.message).not.toHaveProperty('outbox');
      expect((await onOtherNode.find(scope, conversationId, id))?.lateMentionIds).toEqual(['a', 'b']);
      expect(tasksOf(await claimMine()).sort()).toEqual(['change', 'mention']);
    });

    it('knows no message of another conversation, and stores nothing when the rule refuses', async () => {
      const { id } = await say();
      expect(await messages.change(scope, newId(), id, () => ({ content: 'x' }), [])).toBeNull();
      expect(await messages.change(scope, conversationId, newId(), () => ({ content: 'x' }), [])).toBeNull();
      const refusal = new Error('no');
      const rule = () => {
        throw refusal;
      };
      await expect(messages.change(scope, conversationId, id, rule, [])).rejects.toBe(refusal);
      expect(await revsOf()).toEqual([]);
    });

    it('gives dense numbers to those who change at once on two nodes, and loses no change', async () => {
      const ids = [(await say()).id, (await say()).id, (await say()).id];
      const changes = Array.from({ length: 30 }, (_, index) => {
        const who = { type: 'agent' as const, id: `a${index}` };
        const rule = ({ reactions }: Message) => ({
          reactions: [{ emoji: '👍', by: [...(reactions[0]?.by ?? []), who] }],
        });
        const node = index % 2 ? messages : onOtherNode;
        return node.change(scope, conversationId, ids[index % 3]!, rule, []);
      });
      const revs = (await Promise.all(changes)).map((changed) => changed?.message.rev);
      expect(revs.sort((a, b) => a! - b!)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
      const stored = await messages.page(scope, conversationId, { limit: 5, ...ALL });
      expect(stored.map(({ reactions }) => reactions[0]?.by.length)).toEqual([10, 10, 10]);
    });

    it('never gives a number again that was overtaken on the same message', async () => {
      const [often, once] = [await say(), await say()];
      await edit(once.id, 'behind', [], onOtherNode);
      for (const content of ['a', 'b', 'c']) await edit(often.id, content);
      expect((await edit(once.id, 'last', [], onOtherNode))?.message.rev).toBe(5);
      expect(await revsOf()).toEqual([4, 5]);
    });

    it('tells a changed message once, by its latest number', async () => {
      const [one, two] = [await say(), await say()];
      await edit(one.id, 'a');
      await edit(two.id, 'b');
      await edit(one.id, 'c');
      expect(await revsOf()).toEqual([2, 3]);
      const heads = await messages.heads(scope, [conversationId]);
      expect(heads.get(conversationId)).toEqual({ headSeq: 2, headRev: 3 });
    });
  });

  describe('outbox', () => describeMessageOutbox(create));

  describe('listHeld', () => {
    const list = (beforeId: string | null = null, limit = 9, where: Scope = scope) =>
      messages.listHeld(where, { beforeId, limit }).then(contents);

    it('lists what waits, of all conversations, newest first and page by page', async () => {
      const first = await say({ content: 'first', held: true });
      await say('said');
      await say({ content: 'second', held: true, conversationId: newId() });
      expect(await list()).toEqual(['second', 'first']);
      expect(await list(null, 1)).toEqual(['second']);
      expect(await list(first.id)).toEqual([]);
      expect(await list(null, 9, { organizationId: scope.organizationId })).toEqual(['second', 'first']);
    });

    it('lists nothing that was decided over or deleted, and nothing to another tenant', async () => {
      const [approved, deleted] = [await say({ held: true }), await say({ held: true })];
      await say({ content: 'waits', held: true });
      await messages.change(scope, conversationId, approved.id, () => ({ held: false }), []);
      await messages.change(scope, conversationId, deleted.id, () => ({ deletedAt: new Date() }), []);
      expect(await list()).toEqual(['waits']);
      for (const stranger of [aScope(), { ...scope, environmentId: newId() }])
        expect(await list(null, 9, stranger)).toEqual([]);
    });

    it('gives back who decided, and when', async () => {
      const { id } = await say({ held: true });
      const review = { decision: 'approve' as const, by: { type: 'agent' as const, id: AGENT.id }, at: FAR };
      await messages.change(scope, conversationId, id, () => ({ held: false, review }), []);
      expect(await onOtherNode.find(scope, conversationId, id)).toMatchObject({ held: false, review });
    });
  });

  it('erases whole conversations and says how many messages', async () => {
    await sayAll('1', '2');
    expect(await messages.eraseAll(scope, [conversationId, newId()])).toBe(2);
    expect(await messages.page(scope, conversationId, { limit: 5, ...ALL })).toEqual([]);
  });
}

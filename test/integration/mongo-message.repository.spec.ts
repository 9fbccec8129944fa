import { beforeAll, describe, expect, it } from '@jest/globals';
import type { mongo as driver } from 'mongoose';
import { newId } from '../../src/common/ids.js';
import { attachmentKeyOf } from '../../src/modules/chat/attachment.js';
import { aDraft, aMessage, aScope } from '../../src/modules/chat/fakes/factories.fake.js';
import { describeMessageRepository } from '../../src/modules/chat/message.repository.contract.js';
import {
  messageSchema,
  MESSAGES,
  type MessageDocument,
} from '../../src/modules/chat/persistence/message.schema.js';
import { MongoMessageRepository } from '../../src/modules/chat/persistence/mongo-message.repository.js';
import { MongoSuite } from '../support/mongo-suite.js';
import { plansOf } from '../support/mongo-plans.js';

const ALL = { seesPrivate: true, seesHeld: true };

describe(MongoMessageRepository.name, () => {
  const mongo = new MongoSuite();

  const repository = () => new MongoMessageRepository(mongo.model<MessageDocument>(MESSAGES, messageSchema));

  describeMessageRepository(() => [repository(), repository()]);

  describe('with much in it', () => {
    const scope = aScope();
    const conversationId = newId();
    const reader = 'agent:reader';
    const threaded = newId();
    const root = aMessage({ ...scope, conversationId: threaded });
    const withFiles = aMessage({ ...scope, conversationId });
    let messages: MongoMessageRepository;

    beforeAll(async () => {
      messages = repository();
      const drafts = [conversationId, newId()].flatMap((id) =>
        Array.from({ length: 400 }, () => aDraft({ ...scope, conversationId: id, outbox: [] })),
      );
      await Promise.all(drafts.map((draft) => messages.append(scope, draft)));
      await messages.append(scope, aDraft({ ...scope, conversationId }));
      await changeSome();
      for (const isRejected of [false, true]) await hold(40, isRejected);
      for (let said = 0; said < 20; said++) {
        const draft = aDraft({ ...scope, conversationId: threaded, outbox: [] });
        await messages.append(scope, { ...draft, threadRootId: said % 10 === 0 ? root.id : null });
      }
    });

    /** The rejected ones stay in the index. */
    const hold = async (count: number, isRejected: boolean) => {
      for (let said = 0; said < count; said++) {
        const draft = aDraft({ ...scope, conversationId: newId(), held: true, outbox: [] });
        const { message } = await messages.append(scope, draft);
        const deletedAt = new Date();
        if (isRejected)
          await messages.change(scope, message.conversationId, message.id, () => ({ deletedAt }), []);
      }
    };

    const changeSome = async () => {
      for (const afterSeq of [6, 2]) {
        const [found] = await messages.page(scope, conversationId, { afterSeq, limit: 1, ...ALL });
        await messages.change(scope, conversationId, found!.id, () => ({ pinned: true }), []);
      }
    };

    it('gives the changes by their own numbers', async () => {
      const delta = (afterRev: number) =>
        messages.deltas(scope, [{ conversationId, afterSeq: 400, afterRev }], {
          limit: 9,
          ...ALL,
        });
      const found = (await delta(0)).get(conversationId);
      expect(found).toMatchObject({ headSeq: 401, headRev: 2, messages: [{ seq: 401 }] });
      expect(found?.changes.map(({ seq }) => seq)).toEqual([7, 3]);
      expect((await delta(1)).get(conversationId)?.changes.map(({ seq }) => seq)).toEqual([3]);
    });

    const point = { conversationId, afterSeq: 390, afterRev: 0 };
    const position = { conversationId, afterSeq: 390, senderKey: reader };
    const page = { limit: 10, ...ALL };
    const organization = { organizationId: scope.organizationId };
    const firstHeld = { beforeId: null, limit: 10 };
    const later = new Date(Date.now() + 60_000);
    const reads: [name: string, read: () => Promise<unknown>, index: string, atMost: number][] = [
      ['the newest', () => messages.page(scope, conversationId, page), 'message_seq', 12],
      ['back', () => messages.page(scope, conversationId, { ...page, beforeSeq: 200 }), 'message_seq', 12],
      ['forward', () => messages.page(scope, conversationId, { ...page, afterSeq: 200 }), 'message_seq', 12],
      ['heads', () => messages.heads(scope, [conversationId]), 'message_seq', 12],
      ['deltas', () => messages.deltas(scope, [point], page), 'message_seq', 40],
      [
        'unread counts',
        () => messages.countUnread(scope, [position], { cap: 100, seesPrivate: true }),
        'message_seq',
        30,
      ],
      ['unread messages', () => messages.listUnread(scope, position, page), 'message_seq', 30],
      [
        'a thread',
        () => messages.page(scope, threaded, { ...page, threadRootId: root.id }),
        'message_thread',
        2,
      ],
      ['what is pinned', () => messages.listPinned(scope, conversationId, page), 'message_pins', 2],
      [
        'what files were sent with',
        () => messages.findByFiles(scope, conversationId, attachmentKeyOf(withFiles)),
        'message_client_message_id',
        1,
      ],
      ['a count of replies', () => messages.countReplies(scope, root), 'message_thread', 2],
      ['what is held', () => messages.listHeld(organization, firstHeld), 'message_held', 11],
      ['what is held in an environment', () => messages.listHeld(scope, firstHeld), 'message_held', 11],
      ['what is overdue', () => messages.overdue(later, 10), 'message_outbox', 12],
      ['the outbox', () => messages.claimOverdue(later, 1_000, 10), 'message_outbox', 12],
    ];

    it.each(reads)('reads %s by an index, and no more than it needs', async (_, read, index, atMost) => {
      const plans = await plansOf(mongo.connection, read);
      expect(plans).toHaveLength(index === 'message_outbox' ? 2 : 1);
      expect(plans[0]?.indexes).toContainEqual(expect.stringContaining(index));
      for (const plan of plans) {
        expect(plan.stages).not.toContain('COLLSCAN');
        expect(plan.stages).not.toContain('SORT');
        expect(plan.docsExamined).toBeLessThanOrEqual(atMost);
      }
    });

    it.each([{ limit: 200 }, { limit: 200, afterSeq: 0 }])(
      'reads a page of %j in one round trip',
      async (asked) => {
        const commands: string[] = [];
        const listener = ({ commandName }: driver.CommandStartedEvent) => commands.push(commandName);
        const client = mongo.connection.getClient().on('commandStarted', listener);
        const read = await messages.page(scope, conversationId, { ...asked, ...ALL });
        client.off('commandStarted', listener);
        expect(read).toHaveLength(200);
        expect(commands).toEqual(['find']);
      },
    );

    it('reads the changes of a conversation by their own index', async () => {
      const [plan] = await plansOf(mongo.connection, () => messages.deltas(scope, [point], page));
      expect(plan?.indexes).toEqual(expect.arrayContaining(['message_seq', 'message_rev']));
    });
  });
});

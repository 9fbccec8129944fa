import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/common/ids.js';
import { describeMessageIndex } from '../../src/modules/chat/search/message-index.contract.js';
import type { FoundMessage, IndexedMessage } from '../../src/modules/chat/search/message-index.js';
import { PostgresMessageIndex } from '../../src/modules/chat/search/postgres-message-index.js';
import { TenantSource } from '../support/tenant-source.js';

describe(PostgresMessageIndex.name, () => {
  let tenants: TenantSource;

  beforeAll(async () => {
    tenants = await TenantSource.open();
  }, 60_000);

  afterAll(() => tenants.close());

  const index = () => new PostgresMessageIndex(tenants.unitOfWork);

  describeMessageIndex(index);

  it('finds the same in the newest messages as by the index, from page to page', async () => {
    const organizationId = newId();
    const senders = [newId(), newId()];
    const messages = Array.from({ length: 6_000 }, (_, number): IndexedMessage => ({
      messageId: newId(),
      rev: 0,
      organizationId,
      environmentId: newId(),
      conversationId: newId(),
      kind: 'support',
      userId: newId(),
      senderId: senders[number % 2]!,
      private: false,
      createdAt: new Date(Date.UTC(2026, 10, 1) + Math.floor(number / 3) * 1_000),
      content: number % 400 === 0 ? `교환 문의 ${number}` : '배송 문의',
    }));
    for (let at = 0; at < messages.length; at += 1_000) await index().put(messages.slice(at, at + 1_000));
    const asked = { reach: { teamIds: [] }, seesPrivate: true, terms: ['교환'], limit: 4 };
    const found: FoundMessage[] = [];
    for (let isMore = true; isMore;) {
      const page = await index().search({ organizationId }, { ...asked, after: found.at(-1) });
      found.push(...page);
      isMore = page.length > 0;
    }
    const expected = messages.filter(({ content }) => content.includes('교환')).reverse();
    expect(found.map(({ messageId }) => messageId)).toEqual(expected.map(({ messageId }) => messageId));
  });
});

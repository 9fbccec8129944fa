import { beforeEach, expect, it } from '@jest/globals';
import { newId } from '../../common/ids.js';
import { ShortcutTaken } from './desk.errors.js';
import { rankOf, type SavedReplyRepository } from './saved-reply.repository.js';
import type { SavedReply } from './saved-reply.js';

const NOW = new Date('2026-11-20T12:00:00.000Z');
const LATER = new Date('2026-11-20T13:00:00.000Z');

/** What every SavedReplyRepository does, the fake as well as the real one. */
export function describeSavedReplyRepository(
  create: () => SavedReplyRepository,
  anOrganizationId: () => Promise<string>,
): void {
  let replies: SavedReplyRepository;
  let organizationId: string;

  beforeEach(async () => {
    replies = create();
    organizationId = await anOrganizationId();
  });

  const aStored = async (shortcut: string, given: Partial<SavedReply> = {}) => {
    const text = { title: 'Title', content: 'Content' };
    const reply = { id: newId(), organizationId, shortcut, ...text, updatedAt: NOW, ...given };
    await replies.insert(reply);
    return reply;
  };
  const found = async (text?: string) =>
    (await replies.page({ organizationId }, { text, limit: 20 })).map(({ shortcut }) => shortcut);

  it('lists all of an organization by shortcut, and none to another tenant', async () => {
    const [second, first] = [await aStored('refund'), await aStored('hello')];
    const stranger = { organizationId: await anOrganizationId() };
    expect(await replies.page({ organizationId }, { limit: 20 })).toEqual([first, second]);
    expect(await replies.count({ organizationId })).toBe(2);
    expect(await replies.page(stranger, { limit: 20 })).toEqual([]);
    expect(await replies.count(stranger)).toBe(0);
    expect(await replies.update(stranger, first.id, { title: 'X', updatedAt: LATER })).toBeNull();
    expect(await replies.remove(stranger, first.id)).toBe(false);
    expect(await replies.page({ organizationId }, { limit: 20 })).toEqual([first, second]);
  });

  it('finds parts of any of its texts in any language, those whose shortcut begins with it first', async () => {
    await aStored('a-refund', { title: '환불 안내' });
    await aStored('refund', { content: '환불은 3일 걸립니다 (100%)' });
    await aStored('hello', { content: 'We REFUND within a day' });
    await aStored('인사', { title: 'Greeting' });
    expect(await found('refund')).toEqual(['refund', 'a-refund', 'hello']);
    expect(await found('환불')).toEqual(['a-refund', 'refund']);
    expect(await found('인')).toEqual(['인사']);
    expect(await found('100%')).toEqual(['refund']);
    expect(await found('_')).toEqual([]);
  });

  it('goes on from page to page', async () => {
    for (const shortcut of ['b-re', 're', 'a-re', 'reply', '다re']) await aStored(shortcut);
    const seen: string[] = [];
    for (let after; ;) {
      const page = await replies.page({ organizationId }, { text: 're', limit: 2, after });
      seen.push(...page.map(({ shortcut }) => shortcut));
      const last = page.at(-1);
      if (page.length < 2 || !last) break;
      after = { rank: rankOf(last, 're'), shortcut: last.shortcut };
    }
    expect(seen).toEqual(['re', 'reply', 'a-re', 'b-re', '다re']);
  });

  it('has a shortcut once in an organization', async () => {
    const first = await aStored('refund');
    await expect(aStored('refund')).rejects.toBeInstanceOf(ShortcutTaken);
    const other = await aStored('return');
    const renamed = replies.update({ organizationId }, other.id, { shortcut: 'refund', updatedAt: LATER });
    await expect(renamed).rejects.toBeInstanceOf(ShortcutTaken);
    await replies.insert({ ...first, id: newId(), organizationId: await anOrganizationId() });
  });

  it('changes what is named', async () => {
    const reply = await aStored('refund');
    const changes = { content: '네', updatedAt: LATER };
    expect(await replies.update({ organizationId }, reply.id, changes)).toEqual({ ...reply, ...changes });
    expect(await replies.update({ organizationId }, newId(), changes)).toBeNull();
  });

  it('removes one, once', async () => {
    const { id } = await aStored('refund');
    expect(await replies.remove({ organizationId }, id)).toBe(true);
    expect(await replies.remove({ organizationId }, id)).toBe(false);
    expect(await found()).toEqual([]);
  });
}

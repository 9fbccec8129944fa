import { beforeEach, expect, it } from '@jest/globals';
import { EVERY_TENANT } from '../../common/access/principal.js';
import { newId } from '../../common/ids.js';
import { aFile } from './fakes/factories.fake.js';
import type { StoredFile } from './file.js';
import type { FileRepository } from './file.repository.js';

/** What every store of files must do; the fake and the real one both pass it. */
export function describeFileRepository(make: () => FileRepository): void {
  let files: FileRepository;
  let scope: { organizationId: string };
  let file: StoredFile;

  beforeEach(async () => {
    files = make();
    scope = { organizationId: newId() };
    file = await added();
  });

  const added = async (given: Partial<StoredFile> = {}) => {
    const one = aFile({ ...scope, ...given });
    await files.insert(scope, one);
    return one;
  };
  const claim = (given: { to?: string; conversationId?: string } = {}) => ({
    to: newId(),
    conversationId: newId(),
    isPrivate: false,
    environmentId: newId(),
    claimId: newId(),
    ...given,
  });
  const stateOf = async (id: string) => (await files.find(scope, id))?.state;

  it('finds what was uploaded, in its own tenant only', async () => {
    expect(await files.find(scope, file.id)).toEqual(file);
    expect(await files.find({ organizationId: newId() }, file.id)).toBeNull();
    expect(await files.find({ ...scope, environmentId: newId() }, file.id)).toBeNull();
    expect(await files.find(EVERY_TENANT, file.id)).toEqual(file);
  });

  it('attaches to what they were claimed for', async () => {
    const { claimId: _, environmentId, ...attached } = claim();
    const [found] = await files.attach(scope, file.owner, [file.id], {
      ...attached,
      environmentId,
      claimId: 'c',
    });
    expect(found).toEqual({ ...file, state: 'attached', attached, environmentId });
    expect(await files.find(scope, file.id)).toEqual(found);
  });

  it('leaves with the first what a second wants', async () => {
    const first = claim();
    await files.attach(scope, file.owner, [file.id], first);
    const [found] = await files.attach(scope, file.owner, [file.id], claim());
    expect(found?.attached?.to).toBe(first.to);
  });

  it('attaches nothing of another owner or another tenant', async () => {
    const stranger = { ...file.owner, id: newId() };
    expect(await files.attach(scope, stranger, [file.id], claim())).toEqual([]);
    expect(await files.attach({ organizationId: newId() }, file.owner, [file.id], claim())).toEqual([]);
    expect(await stateOf(file.id)).toBe('uploaded');
  });

  it('gives back exactly what one try took', async () => {
    const other = await added({ owner: file.owner });
    const [first, second] = [claim({ to: 'm' }), claim({ to: 'm' })];
    await files.attach(scope, file.owner, [file.id], first);
    await files.attach(scope, file.owner, [file.id, other.id], second);
    await files.release(scope, second.claimId);
    expect([await stateOf(file.id), await stateOf(other.id)]).toEqual(['attached', 'uploaded']);
  });

  it('deletes with a message, a conversation, and an owner, and nothing of others', async () => {
    const one = claim();
    const [ofMessage, ofConversation, ofOwner] = [await added(), await added(), await added()];
    await files.attach(scope, ofMessage.owner, [ofMessage.id], one);
    await files.attach(scope, ofConversation.owner, [ofConversation.id], claim({ conversationId: 'gone' }));
    await files.deleteAttachedTo({ organizationId: newId() }, [one.to]);
    expect(await stateOf(ofMessage.id)).toBe('attached');
    await files.deleteAttachedTo(scope, [one.to]);
    await files.deleteOfConversations(scope, ['gone']);
    await files.deleteOfOwner(scope, ofOwner.owner);
    for (const { id } of [ofMessage, ofConversation, ofOwner]) expect(await stateOf(id)).toBe('deleted');
    expect(await stateOf(file.id)).toBe('uploaded');
  });

  it('deletes what nobody has sent for too long', async () => {
    const sent = await added();
    await files.attach(scope, sent.owner, [sent.id], claim());
    const later = await added({ createdAt: new Date(file.createdAt.getTime() + 1) });
    await files.deleteOrphans(later.createdAt);
    expect([await stateOf(file.id), await stateOf(sent.id), await stateOf(later.id)]).toEqual([
      'deleted',
      'attached',
      'uploaded',
    ]);
  });

  it('lists what is to be purged until it is, of every tenant', async () => {
    await files.deleteOfOwner(scope, file.owner);
    const listed = async () => (await files.listToPurge(1_000)).map(({ id }) => id);
    expect(await listed()).toContain(file.id);
    await files.markPurged([file.id], new Date());
    expect(await listed()).not.toContain(file.id);
  });

  it('remembers that there is a thumbnail', async () => {
    expect(await files.markThumbnail(file.id)).toBe(true);
    expect(await files.find(scope, file.id)).toEqual({ ...file, hasThumbnail: true });
  });

  it('takes no thumbnail of what was deleted', async () => {
    await files.deleteOfOwner(scope, file.owner);
    expect(await files.markThumbnail(file.id)).toBe(false);
  });

  it('forgets an upload that failed', async () => {
    await files.remove({ organizationId: newId() }, newId());
    await files.remove(scope, file.id);
    expect(await files.find(scope, file.id)).toBeNull();
  });

  it('sums the bytes of one owner since a time', async () => {
    const { owner, createdAt } = file;
    await added({ owner, size: 100, createdAt: new Date(createdAt.getTime() + 10) });
    await added({ size: 5_000 });
    const before = new Date(createdAt.getTime() - 1);
    expect(await files.sizeSince(scope, owner, before)).toBe(2_148);
    expect(await files.sizeSince(scope, owner, createdAt)).toBe(100);
    expect(await files.sizeSince({ organizationId: newId() }, owner, before)).toBe(0);
  });
}

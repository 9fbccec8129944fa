import { beforeEach, expect, it } from '@jest/globals';
import { newId } from '../../common/ids.js';
import type { SavedViewRepository, ViewOwner } from './saved-view.repository.js';
import type { SavedView } from './saved-view.js';

/** What every SavedViewRepository does, the fake as well as the real one. */
export function describeSavedViewRepository(
  create: () => SavedViewRepository,
  anOwner: () => Promise<ViewOwner>,
): void {
  let views: SavedViewRepository;
  let owner: ViewOwner;

  beforeEach(async () => {
    views = create();
    owner = await anOwner();
  });

  const aStored = async (given: Partial<SavedView> = {}) => {
    const createdAt = new Date('2026-11-20T12:00:00.000Z');
    const filter = { status: 'open', assigneeId: 'me', tag: '환불' } as const;
    const view = { ...owner, id: newId(), name: '내 환불', filter, position: 0, createdAt, ...given };
    await views.insert(view);
    return view;
  };

  it('lists those of an agent by position, the older of two first', async () => {
    const last = await aStored({ position: 2 });
    const first = await aStored({ position: 1 });
    const second = await aStored({ position: 1 });
    expect(await views.list(owner)).toEqual([first, second, last]);
  });

  it('shows them to no colleague and no other tenant, and lets neither change them', async () => {
    const view = await aStored();
    const colleague = { ...(await anOwner()), organizationId: owner.organizationId };
    for (const stranger of [await anOwner(), colleague]) {
      expect(await views.list(stranger)).toEqual([]);
      expect(await views.update(stranger, view.id, { name: 'X' })).toBeNull();
      expect(await views.remove(stranger, view.id)).toBe(false);
    }
    expect(await views.list(owner)).toEqual([view]);
  });

  it('changes what is named', async () => {
    const view = await aStored();
    expect(await views.update(owner, view.id, {})).toEqual(view);
    const changes = { filter: { unassigned: true }, position: 7 };
    expect(await views.update(owner, view.id, changes)).toEqual({ ...view, ...changes });
    expect(await views.list(owner)).toEqual([{ ...view, ...changes }]);
    expect(await views.update(owner, newId(), { name: 'X' })).toBeNull();
  });

  it('removes one, once', async () => {
    const { id } = await aStored();
    expect(await views.remove(owner, id)).toBe(true);
    expect(await views.remove(owner, id)).toBe(false);
    expect(await views.list(owner)).toEqual([]);
  });
}

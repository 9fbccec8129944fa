import { beforeEach, describe, expect, it } from '@jest/globals';
import type { AgentPrincipal } from '../../common/access/principal.js';
import { House } from '../organization/fakes/house.fake.js';
import { SavedViewNotFound, TooManyViews } from './desk.errors.js';
import { InMemorySavedViewRepository } from './fakes/in-memory-saved-view.repository.fake.js';
import { SavedViewService } from './saved-view.service.js';

describe(SavedViewService.name, () => {
  let views: SavedViewService;
  let agent: AgentPrincipal;

  beforeEach(async () => {
    const house = new House();
    agent = await house.anAdmin('viewer');
    views = new SavedViewService(new InMemorySavedViewRepository(), house.unitOfWork, house.clock);
  });

  const save = (name: string, position?: number) => views.create(agent, { name, filter: {}, position });
  const names = async () => (await views.list(agent)).map(({ name }) => name);

  it('puts a new one at the end, or where it is said', async () => {
    await save('first');
    await save('last', 10);
    await save('after it');
    await save('between', 5);
    expect(await names()).toEqual(['first', 'between', 'last', 'after it']);
  });

  it('knows none of somebody else', async () => {
    const { id } = await save('mine');
    const other = { ...agent, id: 'other' };
    expect(await views.list(other)).toEqual([]);
    await expect(views.update(other, id, { name: 'X' })).rejects.toBeInstanceOf(SavedViewNotFound);
    await expect(views.remove(other, id)).rejects.toBeInstanceOf(SavedViewNotFound);
    await views.remove(agent, id);
    expect(await names()).toEqual([]);
  });

  it('keeps at most fifty of an agent', async () => {
    for (let count = 0; count < 50; count++) await save(`View ${count}`);
    await expect(save('One more')).rejects.toBeInstanceOf(TooManyViews);
  });
});

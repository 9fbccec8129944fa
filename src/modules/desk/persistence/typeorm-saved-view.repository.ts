import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../infrastructure/postgres/unit-of-work.js';
import { SavedViewRepository, type ViewOwner } from '../saved-view.repository.js';
import type { SavedView, SavedViewChanges } from '../saved-view.js';
import { SavedViewEntity } from './saved-view.entity.js';

@Injectable()
export class TypeormSavedViewRepository extends SavedViewRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  async insert(view: SavedView): Promise<void> {
    await this.manager.insert(SavedViewEntity, { ...view });
  }

  async list({ organizationId, agentId }: ViewOwner): Promise<SavedView[]> {
    const order = { position: 'ASC', id: 'ASC' } as const;
    const rows = await this.manager.find(SavedViewEntity, { where: { organizationId, agentId }, order });
    return rows.map(toSavedView);
  }

  async update(owner: ViewOwner, id: string, changes: SavedViewChanges): Promise<SavedView | null> {
    const { organizationId, agentId } = owner;
    const which = { organizationId, agentId, id };
    const named = Object.values(changes).some((value) => value !== undefined);
    if (named) await this.manager.update(SavedViewEntity, which, changes);
    const row = await this.manager.findOneBy(SavedViewEntity, which);
    return row && toSavedView(row);
  }

  async remove({ organizationId, agentId }: ViewOwner, id: string): Promise<boolean> {
    const { affected } = await this.manager.delete(SavedViewEntity, { organizationId, agentId, id });
    return affected === 1;
  }

  private get manager() {
    return this.unitOfWork.manager;
  }
}

function toSavedView(row: SavedViewEntity): SavedView {
  return {
    id: row.id,
    organizationId: row.organizationId,
    agentId: row.agentId,
    name: row.name,
    filter: row.filter,
    position: row.position,
    createdAt: row.createdAt,
  };
}

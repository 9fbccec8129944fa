import { Injectable } from '@nestjs/common';
import type { AgentPrincipal } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { newId } from '../../common/ids.js';
import { UnitOfWork } from '../../infrastructure/postgres/unit-of-work.js';
import { SavedViewNotFound, TooManyViews } from './desk.errors.js';
import { SavedViewRepository, type ViewOwner } from './saved-view.repository.js';
import { MAX_VIEWS, type SavedView, type SavedViewChanges } from './saved-view.js';

export interface SavedViewDraft {
  name: string;
  filter: SavedView['filter'];
  position?: number;
}

@Injectable()
export class SavedViewService {
  constructor(
    private readonly views: SavedViewRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  list(principal: AgentPrincipal): Promise<SavedView[]> {
    return this.views.list(ownerOf(principal));
  }

  /** At the end, unless it is said where. Throws TooManyViews. */
  create(principal: AgentPrincipal, draft: SavedViewDraft): Promise<SavedView> {
    return this.unitOfWork.runInTurn(`views ${principal.id}`, () => this.add(principal, draft));
  }

  /** Throws SavedViewNotFound. */
  async update(principal: AgentPrincipal, id: string, changes: SavedViewChanges): Promise<SavedView> {
    const updated = await this.views.update(ownerOf(principal), id, changes);
    if (!updated) throw new SavedViewNotFound();
    return updated;
  }

  /** Throws SavedViewNotFound. */
  async remove(principal: AgentPrincipal, id: string): Promise<void> {
    if (!(await this.views.remove(ownerOf(principal), id))) throw new SavedViewNotFound();
  }

  private async add(
    principal: AgentPrincipal,
    { name, filter, position }: SavedViewDraft,
  ): Promise<SavedView> {
    const present = await this.list(principal);
    if (present.length >= MAX_VIEWS) throw new TooManyViews();
    const view = {
      ...ownerOf(principal),
      id: newId(),
      name,
      filter,
      position: position ?? Math.max(-1, ...present.map((one) => one.position)) + 1,
      createdAt: this.clock.now(),
    };
    await this.views.insert(view);
    return view;
  }
}

function ownerOf({ organizationId, id }: AgentPrincipal): ViewOwner {
  return { organizationId, agentId: id };
}

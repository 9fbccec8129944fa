import type { SavedView, SavedViewChanges } from './saved-view.js';

/** Whose views: another agent's are as little there as another tenant's. */
export interface ViewOwner {
  organizationId: string;
  agentId: string;
}

export abstract class SavedViewRepository {
  abstract insert(view: SavedView): Promise<void>;
  /** By position, then the oldest first. */
  abstract list(owner: ViewOwner): Promise<SavedView[]>;
  abstract update(owner: ViewOwner, id: string, changes: SavedViewChanges): Promise<SavedView | null>;
  abstract remove(owner: ViewOwner, id: string): Promise<boolean>;
}

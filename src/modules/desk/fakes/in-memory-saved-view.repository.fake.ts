import { SavedViewRepository, type ViewOwner } from '../saved-view.repository.js';
import type { SavedView, SavedViewChanges } from '../saved-view.js';

export class InMemorySavedViewRepository extends SavedViewRepository {
  private stored: SavedView[] = [];

  async insert(view: SavedView): Promise<void> {
    this.stored.push({ ...view });
  }

  async list(owner: ViewOwner): Promise<SavedView[]> {
    const own = this.stored.filter((view) => isOf(owner, view));
    return own.sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1)).map((view) => ({ ...view }));
  }

  async update(owner: ViewOwner, id: string, changes: SavedViewChanges): Promise<SavedView | null> {
    const view = this.stored.find((one) => one.id === id && isOf(owner, one));
    if (!view) return null;
    const named = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    return { ...Object.assign(view, named) };
  }

  async remove(owner: ViewOwner, id: string): Promise<boolean> {
    const before = this.stored.length;
    this.stored = this.stored.filter((one) => one.id !== id || !isOf(owner, one));
    return this.stored.length < before;
  }
}

function isOf({ organizationId, agentId }: ViewOwner, view: SavedView): boolean {
  return view.organizationId === organizationId && view.agentId === agentId;
}

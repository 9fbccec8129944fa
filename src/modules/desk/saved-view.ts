import type { SavedViewFilter } from '../../contracts/tenants.js';

/** What an agent looks for again and again; nobody else sees it. */
export interface SavedView {
  id: string;
  organizationId: string;
  agentId: string;
  name: string;
  filter: SavedViewFilter;
  position: number;
  createdAt: Date;
}

export type SavedViewChanges = Partial<Pick<SavedView, 'name' | 'filter' | 'position'>>;

export const MAX_VIEWS = 50;

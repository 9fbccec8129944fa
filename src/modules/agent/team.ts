/** Agents of one organization who share work. */
export interface Team {
  id: string;
  organizationId: string;
  name: string;
  description: string | null;
  /** Active ones, oldest first. */
  agentIds: string[];
  createdAt: Date;
}

export type TeamChanges = Partial<Pick<Team, 'name' | 'description' | 'agentIds'>>;

/** Each is counted in every inbox, and shown in every list of teams. */
export const MAX_TEAMS = 100;

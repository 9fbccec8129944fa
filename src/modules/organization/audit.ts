/** Who did what to what: kept for the organization, written in the transaction of the deed itself. */
export interface AuditEntry {
  organizationId: string;
  /** What the system does by itself, it does as the thing that it is about. */
  actor: { type: 'agent' | 'partner' | 'account' | 'system'; id: string };
  /** A permission-like name, e.g. `api-key.create`. */
  action: string;
  target: { type: string; id: string };
  details?: Record<string, string | number | boolean | null>;
}

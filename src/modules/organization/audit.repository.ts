import type { AuditEntry } from './audit.js';

export interface AuditRecord extends AuditEntry {
  id: string;
  at: Date;
  requestId: string | null;
}

export abstract class AuditRepository {
  abstract append(record: AuditRecord): Promise<void>;
}

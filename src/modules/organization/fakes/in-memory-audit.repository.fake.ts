import { AuditRepository, type AuditRecord } from '../audit.repository.js';

export class InMemoryAuditRepository extends AuditRepository {
  private readonly records: AuditRecord[] = [];

  async append(record: AuditRecord): Promise<void> {
    if (this.records.some(({ id }) => id === record.id)) throw new Error('this deed is on record already');
    this.records.push({ ...record });
  }

  recordsOf(organizationId: string): AuditRecord[] {
    return this.records
      .filter((record) => record.organizationId === organizationId)
      .map((record) => ({ ...record }));
  }
}

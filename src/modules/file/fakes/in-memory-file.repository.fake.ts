import { EVERY_TENANT, type EveryTenant, type Scope } from '../../../common/access/principal.js';
import { isOwnedBy, type FileOwner, type StoredFile } from '../file.js';
import { FileRepository, type AttachClaim } from '../file.repository.js';

interface Row extends StoredFile {
  claimId?: string;
  isPurged?: boolean;
}

export class InMemoryFileRepository extends FileRepository {
  private readonly rows = new Map<string, Row>();

  async insert(_scope: Scope, file: StoredFile): Promise<void> {
    this.rows.set(file.id, { ...file });
  }

  async find(scope: Scope | EveryTenant, id: string): Promise<StoredFile | null> {
    const row = this.within(scope).find((one) => one.id === id);
    return row ? toFile(row) : null;
  }

  async attach(
    scope: Scope,
    owner: FileOwner,
    ids: readonly string[],
    { claimId, environmentId, ...attached }: AttachClaim,
  ): Promise<StoredFile[]> {
    const own = this.within(scope).filter((row) => ids.includes(row.id) && isOwnedBy(row, owner));
    for (const row of own.filter(({ state }) => state === 'uploaded')) {
      Object.assign(row, { state: 'attached', attached, environmentId, claimId });
    }
    return own.map(toFile);
  }

  async release(scope: Scope, claimId: string): Promise<void> {
    for (const row of this.within(scope)) {
      if (row.claimId === claimId && row.state === 'attached')
        Object.assign(row, { state: 'uploaded', attached: null });
    }
  }

  async deleteAttachedTo(scope: Scope | EveryTenant, messages: readonly string[]): Promise<void> {
    this.delete(this.within(scope).filter(({ attached }) => attached && messages.includes(attached.to)));
  }

  async deleteOfConversations(scope: Scope, conversationIds: readonly string[]): Promise<void> {
    this.delete(
      this.within(scope).filter(
        ({ attached }) => attached && conversationIds.includes(attached.conversationId),
      ),
    );
  }

  async deleteOfOwner(scope: Scope, owner: FileOwner): Promise<void> {
    this.delete(this.within(scope).filter((row) => isOwnedBy(row, owner)));
  }

  async deleteOrphans(before: Date): Promise<void> {
    const rows = this.within(EVERY_TENANT);
    this.delete(rows.filter(({ state, createdAt }) => state === 'uploaded' && createdAt < before));
  }

  async listToPurge(limit: number): Promise<StoredFile[]> {
    const rows = this.within(EVERY_TENANT).filter(({ state, isPurged }) => state === 'deleted' && !isPurged);
    return rows.slice(0, limit).map(toFile);
  }

  async markPurged(ids: readonly string[]): Promise<void> {
    for (const row of this.rows.values())
      if (ids.includes(row.id)) Object.assign(row, { isPurged: true, name: '' });
  }

  async markThumbnail(id: string): Promise<boolean> {
    const row = this.rows.get(id);
    if (!row || row.state === 'deleted') return false;
    row.hasThumbnail = true;
    return true;
  }

  async remove(_scope: Scope, id: string): Promise<void> {
    this.rows.delete(id);
  }

  async sizeSince(scope: Scope, owner: FileOwner, since: Date): Promise<number> {
    const own = this.within(scope).filter((row) => isOwnedBy(row, owner) && row.createdAt > since);
    return own.reduce((sum, { size }) => sum + size, 0);
  }

  private within(scope: Scope | EveryTenant): Row[] {
    const rows = [...this.rows.values()];
    if (scope === EVERY_TENANT) return rows;
    return rows.filter(
      ({ organizationId, environmentId }) =>
        organizationId === scope.organizationId &&
        (scope.environmentId === undefined || environmentId === scope.environmentId),
    );
  }

  private delete(rows: Row[]): void {
    for (const row of rows) row.state = 'deleted';
  }
}

function toFile({ claimId: _claim, isPurged: _purged, ...file }: Row): StoredFile {
  return { ...file };
}

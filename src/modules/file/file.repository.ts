import type { EveryTenant, Scope } from '../../common/access/principal.js';
import type { Attached, FileOwner, StoredFile } from './file.js';

/** `claimId` names one try to attach, so that exactly what it took can be given back. */
export interface AttachClaim extends Attached {
  claimId: string;
  environmentId: string | null;
}

export abstract class FileRepository {
  abstract insert(scope: Scope, file: StoredFile): Promise<void>;
  abstract find(scope: Scope | EveryTenant, id: string): Promise<StoredFile | null>;
  /** Takes those that are their owner's and not attached, then answers all of the owner's by these ids. */
  abstract attach(
    scope: Scope,
    owner: FileOwner,
    ids: readonly string[],
    claim: AttachClaim,
  ): Promise<StoredFile[]>;
  /** Gives back what one try took. */
  abstract release(scope: Scope, claimId: string): Promise<void>;
  abstract deleteAttachedTo(scope: Scope | EveryTenant, messages: readonly string[]): Promise<void>;
  abstract deleteOfConversations(scope: Scope, conversationIds: readonly string[]): Promise<void>;
  abstract deleteOfOwner(scope: Scope, owner: FileOwner): Promise<void>;
  /** Uploaded before and never attached, of every tenant. */
  abstract deleteOrphans(before: Date): Promise<void>;
  /** Of every tenant: deleted ones whose bytes may still be there. */
  abstract listToPurge(limit: number): Promise<StoredFile[]>;
  /** Their bytes are gone. */
  abstract markPurged(ids: readonly string[], at: Date): Promise<void>;
  /** False when it has been deleted meanwhile. */
  abstract markThumbnail(id: string): Promise<boolean>;
  /** For uploads that failed: as if they had not been. */
  abstract remove(scope: Scope, id: string): Promise<void>;
  /** Bytes that one owner uploaded since, whatever became of them. */
  abstract sizeSince(scope: Scope, owner: FileOwner, since: Date): Promise<number>;
}

import type { Scope } from '../../common/access/principal.js';
import type { Invitation } from './invitation.js';

export abstract class InvitationRepository {
  abstract insert(invitation: Invitation): Promise<void>;
  /** Without a tenant: the token that names it is what was checked. */
  abstract find(id: string): Promise<Invitation | null>;
  abstract pageOpen(scope: Scope, now: Date, afterId: string | null, limit: number): Promise<Invitation[]>;
  /** True for the one caller who got it: an invitation is good once. */
  abstract markAccepted(id: string, at: Date): Promise<boolean>;
  abstract revoke(scope: Scope, id: string, at: Date): Promise<boolean>;
  /** All that are left of this address. */
  abstract revokeOf(scope: Scope, email: string, at: Date): Promise<void>;
  abstract markMailed(id: string, at: Date): Promise<void>;
  /** Open ones that were made before and whose mail never went out. */
  abstract listUnmailed(now: Date, madeBefore: Date, limit: number): Promise<Invitation[]>;
}

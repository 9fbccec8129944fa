import type { IsoTime, PresenceStatus } from './common.js';
import type { WidgetSettings } from './tenants.js';

export type UserIdentity = 'anonymous' | 'claimed' | 'verified';

export interface UserProfile {
  name: string | null;
  email: string | null;
  phone: string | null;
  avatarUrl: string | null;
  /** Attributes of the company's own, flat. */
  [attribute: string]: string | number | boolean | null;
}

export interface UserView {
  id: string;
  memberId: string | null;
  identity: UserIdentity;
  profile: UserProfile;
  tags: string[];
  language: string | null;
  /** Unread messages over all conversations, exact to 99, then 100. */
  unread: number;
  presence: PresenceStatus;
  lastSeenAt: IsoTime | null;
  /** Since then what they write is refused. */
  blockedAt: IsoTime | null;
  createdAt: IsoTime;
}

export interface BootRequest {
  visitorToken?: string;
  memberId?: string;
  memberHash?: string;
  memberToken?: string;
  profile?: Partial<UserProfile>;
  language?: string;
}

export interface BootView {
  userToken: string;
  /** Seconds until the user token expires; boot again with the visitor token to renew it. */
  expiresIn: number;
  visitorToken: string;
  user: UserView;
  environment: { id: string; name: string; settings: WidgetSettings; online: boolean };
  unread: number;
}

/** What is left of an erased user. */
export interface ErasureReceipt {
  id: string;
  userId: string;
  erasedAt: IsoTime;
  erased: { conversations: number; messages: number };
}

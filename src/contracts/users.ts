import type { IsoTime, PresenceStatus } from './common.js';
import type { OfficeHoursView, WidgetSettings } from './tenants.js';

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
  /** When they agreed to what the widget asks them to agree to; the first time counts. */
  consentedAt: IsoTime | null;
  /** Where on the company's site they were last. */
  page: PageView | null;
  /** The newest five, newest first. */
  devices: DeviceView[];
  createdAt: IsoTime;
}

export interface PageVisit {
  url: string;
  title?: string | null;
}

export interface PageView {
  url: string;
  title: string | null;
  at: IsoTime;
}

export interface DeviceView {
  kind: 'desktop' | 'mobile' | 'tablet';
  /** As people call them, e.g. `Chrome` and `Windows`; null: not known. */
  browser: string | null;
  os: string | null;
  lastSeenAt: IsoTime;
}

/** What a user may change of itself. What is left out stays. */
export interface UpdateSelfBody {
  profile?: Partial<UserProfile>;
  language?: string | null;
  addTags?: string[];
  removeTags?: string[];
  page?: PageVisit;
  /** Once given it stays given. */
  consented?: true;
}

/** Something that the user did on the company's site. */
export interface TrackEventBody {
  name: string;
  /** Flat, 2 KB at most. */
  properties?: EventProperties;
}

export type EventProperties = Record<string, string | number | boolean | null>;

export interface TrackedEventView {
  id: string;
  name: string;
  properties: EventProperties;
  at: IsoTime;
}

export interface BootRequest {
  visitorToken?: string;
  memberId?: string;
  memberHash?: string;
  memberToken?: string;
  profile?: Partial<UserProfile>;
  language?: string;
  page?: PageVisit;
  /** Added to what they have. */
  tags?: string[];
}

export interface BootView {
  userToken: string;
  /** Seconds until the user token expires; boot again with the visitor token to renew it. */
  expiresIn: number;
  visitorToken: string;
  user: UserView;
  environment: BootEnvironment;
  unread: number;
}

export interface BootEnvironment {
  id: string;
  name: string;
  settings: WidgetSettings;
  /** Is somebody there to answer now? */
  online: boolean;
  /** Null: there are none. */
  officeHours: OfficeHoursView | null;
  /** Of a file that the user uploads. */
  maxFileBytes: number;
}

/** What is left of an erased user. */
export interface ErasureReceipt {
  id: string;
  userId: string;
  erasedAt: IsoTime;
  erased: { conversations: number; messages: number };
}

import type { ConversationPriority, ConversationStatus } from './chat.js';
import type { IsoTime, PresenceStatus } from './common.js';

export type Role = 'owner' | 'admin' | 'agent' | 'viewer';
/** What an agent says of themselves; presence is what the connections say. */
export type Availability = 'available' | 'busy' | 'away';

export interface OrganizationView {
  id: string;
  name: string;
  slug: string;
  settings: OrganizationSettings;
  createdAt: IsoTime;
}

export interface OrganizationSettings {
  /** Language of mails to agents. */
  language: 'ko' | 'en';
  /** IANA name, e.g. `Asia/Seoul`. */
  timeZone: string;
}

/** An organization that the account belongs to, with the account's role in it. */
export interface MembershipView {
  id: string;
  name: string;
  slug: string;
  role: Role;
}

export interface AgentView {
  id: string;
  name: string;
  email: string;
  role: Role;
  avatarUrl: string | null;
  availability: Availability;
  /** In their own words and with one emoji; nothing once it has expired. */
  statusText: string | null;
  statusEmoji: string | null;
  /** Null: until it is changed. */
  statusExpiresAt: IsoTime | null;
  presence: PresenceStatus;
}

/** Agents who share work: support conversations are given to them. */
export interface TeamView {
  id: string;
  name: string;
  description: string | null;
  /** Active agents, in the order in which they became agents. */
  agentIds: string[];
  createdAt: IsoTime;
}

/** What an agent looks for in the inbox; as the query of `GET /v1/conversations`. */
export interface SavedViewFilter {
  status?: ConversationStatus;
  /** `me`: whoever looks. */
  assigneeId?: string;
  unassigned?: boolean;
  teamId?: string;
  tag?: string;
  priority?: ConversationPriority;
  environmentId?: string;
  query?: string;
}

/** Of one agent, for that agent only. */
export interface SavedViewView {
  id: string;
  name: string;
  filter: SavedViewFilter;
  /** Lists are in this order; of equal ones, the older first. */
  position: number;
}

/** A text that agents write often. */
export interface SavedReplyView {
  id: string;
  /** Unique within the organization, without regard to case. */
  shortcut: string;
  title: string;
  /** Markdown. `{{user.name}}` and `{{agent.name}}` stand for the people. */
  content: string;
  updatedAt: IsoTime;
}

export type Language = 'ko' | 'en';
export type Theme = 'light' | 'dark' | 'system';

/** Null follows the organization. */
export interface AgentPreferences {
  language: Language | null;
  /** IANA name, e.g. `Asia/Seoul`. */
  timeZone: string | null;
  theme: Theme;
}

/** As one sees oneself. */
export interface OwnAgentView extends AgentView {
  preferences: AgentPreferences;
}

/** Of support and of the kinds between agents: of what an agent wants to hear. */
export type SupportNotifications = 'all' | 'mine' | 'mentions' | 'none';
export type TeamNotifications = 'all' | 'mentions' | 'none';

/** In the agent's own time zone. */
export interface QuietHours {
  enabled: boolean;
  /** `HH:mm`. The end may be on the next day; the same as the beginning: the whole day. */
  from: string;
  to: string;
  /** The days on which they begin; 0: Sunday. */
  days: number[];
}

export interface NotificationSettings {
  /** `mine`: what is assigned to me, to nobody, or where I have written. */
  support: SupportNotifications;
  /** `mentions`: direct messages too. */
  team: TeamNotifications;
  push: boolean;
  email: boolean;
  /** For the dashboard, while it is open. */
  sound: boolean;
  desktop: boolean;
  quietHours: QuietHours;
}

export interface PushKeyView {
  publicKey: string;
}

/** A device of an agent that gets pushes. */
export interface PushSubscriptionView {
  id: string;
  createdAt: IsoTime;
  userAgent: string | null;
}

export interface SessionTokens {
  accessToken: string;
  refreshToken: string;
  /** Seconds until the access token expires. */
  expiresIn: number;
}

export interface SessionView extends SessionTokens {
  agent: OwnAgentView;
  organization: OrganizationView;
}

export interface RegistrationView extends SessionView {
  environment: { id: string; name: string; pluginKey: string };
}

export interface MeView {
  agent: OwnAgentView;
  organization: OrganizationView;
  organizations: MembershipView[];
}

export type IdentityVerification = 'off' | 'optional' | 'required';

export interface EnvironmentView {
  id: string;
  name: string;
  pluginKey: string;
  /** Origins such as `https://shop.example`; empty means any origin. */
  allowedOrigins: string[];
  identityVerification: IdentityVerification;
  settings: EnvironmentSettings;
}

export interface EnvironmentSettings {
  widget: WidgetSettings;
  limits: EnvironmentLimits;
  /** Are the pages behind links fetched, to show what they are? Their servers then hear of it. */
  linkPreviews: boolean;
  moderation: ModerationSettings;
  files: FileSettings;
  officeHours: OfficeHours;
}

/** When somebody is there to answer. Shown to visitors; it stops nobody from writing. */
export interface OfficeHours {
  enabled: boolean;
  /** IANA name, e.g. `Asia/Seoul`; all times below are of a clock on the wall there. */
  timeZone: string;
  weekly: OpenHours[];
  /** Days such as `2026-12-25`, on which nothing begins. */
  holidays: string[];
}

export interface OpenHours {
  /** 0: Sunday. */
  day: number;
  /** `HH:mm`. The end may be on the next day; the same as the beginning: the whole day. */
  from: string;
  to: string;
}

/** Where the office hours stand. */
export interface OfficeHoursView {
  isOpen: boolean;
  /** When they begin next; null while they are open, and when they never do. */
  opensAt: IsoTime | null;
}

export interface ModerationSettings {
  bannedWords: string[];
  action: ModerationAction;
}

/** What becomes of a user's message with a banned word in it: `hold` keeps it until an agent has looked at it. */
export type ModerationAction = 'refuse' | 'hold';

export interface FileSettings {
  /** Of a file that a user or partner uploads; null: as many as the installation takes. */
  maxBytes: number | null;
}

/** Shown by the widget; the only settings that a visitor gets to see. */
export interface WidgetSettings {
  /** `#rrggbb`. */
  color: string;
  position: 'left' | 'right';
  /** Heading of the widget, e.g. the name of the company. */
  title: string;
  greeting: WidgetText;
  theme: Theme;
  /** Of the button from the edges of the page, in pixels. */
  spacing: { side: number; bottom: number };
  /** Beside the picture on the button; null: the picture alone. */
  launcherText: string | null;
  /** How soon an answer usually comes; null: nothing is promised. */
  replyTime: ReplyTime | null;
  /** Is a visitor asked where an answer can be sent, when nobody is there to give it? */
  askEmail: boolean;
  /** Is a visitor asked how content they are, once a conversation is resolved? */
  askRating: boolean;
  consent: ConsentSettings;
  preChat: PreChatSettings;
}

/** In the languages that the widget speaks. */
export interface WidgetText {
  ko: string;
  en: string;
  ja: string;
}

export type ReplyTime = 'minutes' | 'hours' | 'day';

/** What a visitor agrees to before they write. */
export interface ConsentSettings {
  required: boolean;
  /** Markdown, for its links. */
  text: WidgetText;
  /** Of the privacy policy. */
  url: string | null;
}

/** What a visitor is asked before the first conversation. */
export interface PreChatSettings {
  enabled: boolean;
  /** In the order in which they are asked for. */
  fields: PreChatField[];
}

export interface PreChatField {
  key: 'name' | 'email' | 'phone';
  required: boolean;
}

/** Per sender and minute, except for the burst. */
export interface EnvironmentLimits {
  messagesPerMinute: number;
  anonymousMessagesPerMinute: number;
  typingPerMinute: number;
}

export interface ApiKeyView {
  id: string;
  name: string;
  apiKey: string;
  scopes: string[];
  expiresAt: IsoTime | null;
  lastUsedAt: IsoTime | null;
  createdAt: IsoTime;
}

/** Answered once, when the key is made; the secret cannot be read again. */
export interface CreatedApiKeyView extends ApiKeyView {
  apiSecret: string;
}

export interface InvitationView {
  id: string;
  email: string;
  role: Role;
  token: string;
  expiresAt: IsoTime;
}

import type { BootRequest, UserView, WidgetSettings } from '@fast-light-chat/sdk';

/** The closed list of what the customer's page and the frame may say to each other. */
export type HostMessage =
  | { type: 'boot'; options: FrameBootOptions }
  | { type: 'opened'; takesFocus: boolean }
  | { type: 'closed' }
  | ({ type: 'chat' } & WantedChat)
  /** The page has opened a tab that will ask for the session by this number. */
  | { type: 'tab'; nonce: string; chat?: WantedChat }
  | { type: 'page'; page: PageInfo }
  | { type: 'appearance'; appearance: Appearance }
  | { type: 'track'; name: string; properties?: Record<string, unknown> }
  | { type: 'change-user'; id: number; change: UserChange };

export type FrameMessage =
  /** It listens. All else it says only to the origin that has booted it. */
  | { type: 'ready' }
  | { type: 'booted'; user: HostUser; look: Look; unread: number }
  | { type: 'boot-failed'; error: FrameError; look: Look }
  | { type: 'look'; look: Look }
  | { type: 'unread'; unread: number }
  /** How high the newest message is, shown beside the button; 0: it is not shown. */
  | { type: 'peek'; height: number }
  | { type: 'user-changed'; id: number; error: FrameError | null; user: HostUser | null }
  /** For the next page: what its loader has to know, and all where the frame can keep nothing. Null: no longer. */
  | { type: 'keep'; key: string; value: string | null }
  | { type: 'chat-created'; conversationId: string }
  | { type: 'url-clicked'; url: string }
  | { type: 'open-requested'; conversationId: string }
  | { type: 'close-requested' }
  /** The tab has the session. */
  | { type: 'tab-taken' };

/** What a tab of ours asks the frames of the page that opened it, all of this origin. */
export type TabMessage =
  | { type: 'tab-ready'; nonce: string }
  /** What the page is told of as if it had happened in its frame. */
  | (FrameMessage & { type: 'chat-created' | 'url-clicked' });

/** And what the frame answers: never in an address, and never through the page. */
export interface TabAnswer {
  type: 'tab-session';
  nonce: string;
  arrival: Arrival;
}

export type Language = 'ko' | 'en' | 'ja';
export type Appearance = 'light' | 'dark' | 'system';

/** `conversationId: null`: a new conversation. The message is put into the field. */
export interface WantedChat {
  conversationId: string | null;
  message: string;
}

/** What a page of our own, with no page around it that would boot, begins with. */
export interface Arrival {
  pluginKey: string;
  /** Absent after a reload: the session has kept a newer one. */
  visitorToken?: string;
  /** Whose the token of a mail is, or was. */
  userId?: string;
  /** Where somebody who comes from a mail wants to go back to. */
  conversationId?: string;
  /** As the page had it whose messenger goes on in a tab. */
  parentOrigin?: string;
  language?: Language;
  appearance?: Appearance;
  wanted?: WantedChat;
}

export interface PageInfo {
  url: string;
  title: string;
}

export interface FrameBootOptions extends Omit<BootRequest, 'visitorToken' | 'page'> {
  pluginKey: string;
  page?: PageInfo;
  hidePopup?: boolean;
  appearance?: Appearance;
  /** What the page keeps for the loader and the frame. */
  kept?: [key: string, value: string][];
  known?: KnownVisitor;
}

export interface KeptVisitor {
  token: string;
  userId: string;
}

/** Whom the loader has booted while there was no frame, and how the widget is to look. */
export interface KnownVisitor extends KeptVisitor {
  settings: WidgetSettings;
}

export interface UserChange {
  profile?: Record<string, unknown>;
  /** Only what is not known yet. */
  profileOnce?: Record<string, unknown>;
  language?: string;
  addTags?: string[];
  removeTags?: string[];
}

/** As the page hears of the user: also by the names that pages written for Channel Talk read. */
export interface HostUser extends UserView {
  name: string | null;
  avatarUrl: string | null;
  alert: number;
}

export interface FrameError {
  code: string;
  message: string;
  retryable: boolean;
}

/** What the button and the panel look like. Where there is a frame, it decides, and the loader puts it on. */
export interface Look {
  color: string;
  onColor: string;
  position: 'left' | 'right';
  /** Distance from the edges of the window, px. */
  side: number;
  bottom: number;
  isDark: boolean;
  title: string;
  launcherText: string | null;
  words: LauncherWords;
}

export interface LauncherWords {
  open: string;
  close: string;
  /** After the others; `{n}` is how many. */
  unread: string;
}

type Message = HostMessage | FrameMessage | TabMessage | TabAnswer;

const CHANNEL = 'fast-light-chat';

export function wrap<M extends Message>(message: M): M & { channel: string } {
  return { ...message, channel: CHANNEL };
}

/** Null for what others say; what is ours but not on the list, nobody handles. */
export function unwrap<M extends Message>(data: unknown): M | null {
  return (data as { channel?: unknown } | null)?.channel === CHANNEL ? (data as M) : null;
}

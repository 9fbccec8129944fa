import type { Appearance, FrameBootOptions, FrameError, HostUser, UserChange } from '../protocol/messages.js';

export interface BootOptions extends Omit<FrameBootOptions, 'page'> {
  zIndex?: number;
  /** The page opens the messenger by a control of its own. */
  hideChannelButtonOnBoot?: boolean;
  /** What is found by it opens the messenger, whenever it comes into the page. */
  customLauncherSelector?: string;
  /** On phones: in a tab of its own, or (the default) over the page. */
  mobileMessengerMode?: 'newTab' | 'iframe';
}

export type UserCallback = (error: FrameError | null, user: HostUser | null) => void;

/** What a page can ask to be told. */
export interface Callbacks {
  onShowMessenger: () => void;
  onHideMessenger: () => void;
  /** Exact to 99, then 100. Both are the same here: each unread message is one that alerts. */
  onBadgeChanged: (unread: number, alert: number) => void;
  onChatCreated: (conversationId: string) => void;
  onUrlClicked: (url: string) => void;
}

type Registrations = { [E in keyof Callbacks]: (callback: Callbacks[E]) => void };

/** Every command of the global function. More are added here and in `createCommands`, and nowhere else. */
export interface Commands extends Registrations {
  boot: (options: BootOptions, callback?: UserCallback) => void;
  shutdown: () => void;
  showMessenger: () => void;
  hideMessenger: () => void;
  /** Without an id: a new conversation. The message is put into the field, not sent. */
  openChat: (chatId?: string | number | null, message?: string) => void;
  track: (name: string, properties?: Record<string, unknown>) => void;
  updateUser: (change: UserChange & { tags?: string[] }, callback?: UserCallback) => void;
  addTags: (tags: string[], callback?: UserCallback) => void;
  removeTags: (tags: string[], callback?: UserCallback) => void;
  /** What the page is called, instead of its title, until `resetPage`. */
  setPage: (page: string) => void;
  resetPage: () => void;
  showChannelButton: () => void;
  hideChannelButton: () => void;
  setAppearance: (appearance: Appearance) => void;
  clearCallbacks: () => void;
  /** Leaves the page as if the loader had never run. */
  destroy: () => void;
}

export interface FastLightChat {
  <C extends keyof Commands>(command: C, ...args: Parameters<Commands[C]>): void;
  /** Calls made before the loader had arrived. */
  q?: ArrayLike<unknown>[];
  /** Where Channel Talk's snippet hands its calls on. */
  c?: (args: ArrayLike<unknown>) => void;
  isLoaded?: true;
}

declare global {
  interface Window {
    FastLightChat?: FastLightChat;
    ChannelIO?: FastLightChat;
    ChannelIOInitialized?: boolean;
  }
}

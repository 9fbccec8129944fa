import type { UserView } from '@fast-light-chat/sdk';
import type { FrameBootOptions, FrameError } from '../protocol/messages.js';

export interface BootOptions extends FrameBootOptions {
  zIndex?: number;
  /** The page opens the messenger by a control of its own. */
  hideChannelButtonOnBoot?: boolean;
}

export type BootCallback = (error: FrameError | null, user: UserView | null) => void;

/** Every command of the global function. More are added here and in `createCommands`, and nowhere else. */
export interface Commands {
  boot: (options: BootOptions, callback?: BootCallback) => void;
  shutdown: () => void;
  showMessenger: () => void;
  hideMessenger: () => void;
  onShowMessenger: (callback: () => void) => void;
  onHideMessenger: (callback: () => void) => void;
  onBadgeChanged: (callback: (unread: number) => void) => void;
  /** Leaves the page as if the loader had never run. */
  destroy: () => void;
}

export interface FastLightChat {
  <C extends keyof Commands>(command: C, ...args: Parameters<Commands[C]>): void;
  /** Calls made before the loader had arrived. */
  q?: ArrayLike<unknown>[];
  isLoaded?: true;
}

declare global {
  interface Window {
    FastLightChat?: FastLightChat;
  }
}

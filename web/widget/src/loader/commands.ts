import type { Commands } from './api.js';
import { Messenger } from './messenger.js';

/** `onDestroy` takes the global function away. */
export function createCommands(origin: string, onDestroy: () => void): Commands {
  let messenger: Messenger | null = null;
  const shown = new Set<() => void>();
  const hidden = new Set<() => void>();
  const badge = new Set<(unread: number) => void>();

  const commands: Commands = {
    boot: (options, callback) => {
      if (!options?.pluginKey) return console.error('FastLightChat: boot needs a pluginKey.');
      commands.shutdown();
      const listeners = {
        onShow: () => shown.forEach((tell) => tell()),
        onHide: () => hidden.forEach((tell) => tell()),
        onBadge: (unread: number) => badge.forEach((tell) => tell(unread)),
      };
      messenger = new Messenger(origin, options, listeners, callback);
    },
    shutdown: () => {
      messenger?.shutdown();
      messenger = null;
    },
    showMessenger: () => messenger?.show(),
    hideMessenger: () => messenger?.hide(),
    onShowMessenger: (callback) => void shown.add(callback),
    onHideMessenger: (callback) => void hidden.add(callback),
    onBadgeChanged: (callback) => void badge.add(callback),
    destroy: () => {
      commands.shutdown();
      [shown, hidden, badge].forEach((set) => set.clear());
      onDestroy();
    },
  };
  return commands;
}

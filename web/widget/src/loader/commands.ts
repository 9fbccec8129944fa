import type { Commands, UserCallback } from './api.js';
import { forget } from './kept.js';
import { createMessenger, type Messenger } from './messenger.js';
import { attempt, type Tell } from './tell.js';

const EVENTS = [
  'onShowMessenger',
  'onHideMessenger',
  'onBadgeChanged',
  'onChatCreated',
  'onUrlClicked',
] as const;

/** `onDestroy` takes the global function away. */
export function createCommands(origin: string, onDestroy: () => void): Commands {
  let messenger: Messenger | null = null;
  let page: string | null = null;
  let callbacks: [event: string, callback: (...facts: never[]) => void][] = [];

  const tell: Tell = (event, ...facts) => {
    for (const [wanted, callback] of callbacks)
      if (wanted === event) attempt(() => callback(...(facts as never[])));
  };
  const setPage = (name: string | null): void => {
    page = name;
    messenger?.setPage(page);
  };
  const changeUser = (change: Parameters<Messenger['changeUser']>[0], callback?: UserCallback): void => {
    if (messenger) messenger.changeUser(change, callback);
    else callback?.({ code: 'client.not_booted', message: 'Call boot first.', retryable: false }, null);
  };

  const commands = {
    // What every object has is no command.
    __proto__: null,
    boot: (options, callback) => {
      if (!options?.pluginKey) return console.error('FastLightChat: boot needs a pluginKey.');
      commands.shutdown();
      messenger = createMessenger({ origin, options, page, tell, callback });
    },
    shutdown: () => {
      messenger?.shutdown();
      messenger = null;
    },
    showMessenger: () => messenger?.show(),
    hideMessenger: () => messenger?.hide(),
    openChat: (id, message) => {
      messenger?.show({ conversationId: id ? String(id) : null, message: message ?? '' });
    },
    track: (name, properties) => messenger?.post({ type: 'track', name, properties }),
    // By name: Channel Talk's has more, and what is not known here must not cost the rest.
    updateUser: ({ profile, profileOnce, language, tags }, callback) =>
      changeUser({ profile, profileOnce, language, addTags: tags ?? undefined }, callback),
    addTags: (addTags, callback) => changeUser({ addTags }, callback),
    removeTags: (removeTags, callback) => changeUser({ removeTags }, callback),
    setPage,
    resetPage: () => setPage(null),
    showChannelButton: () => messenger?.showButton(true),
    hideChannelButton: () => messenger?.showButton(false),
    setAppearance: (appearance) => messenger?.setAppearance(appearance),
    clearCallbacks: () => {
      callbacks = [];
    },
    destroy: () => {
      commands.shutdown();
      forget();
      callbacks = [];
      onDestroy();
    },
  } as Commands & { __proto__: null };
  const register = (event: string, callback: never): void => void callbacks.push([event, callback]);
  for (const event of EVENTS) commands[event] = (callback: unknown) => register(event, callback as never);
  return commands;
}

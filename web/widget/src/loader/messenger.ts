import type { BootView } from '@fast-light-chat/sdk';
import type { Panel } from '../panel/panel.js';
import { asHostUser } from '../protocol/host-user.js';
import { memberIdOf } from '../protocol/introduction.js';
import { chooseLanguage } from '../protocol/language.js';
import { lookOf } from '../protocol/look.js';
import type {
  Appearance,
  FrameError,
  FrameMessage,
  HostMessage,
  KnownVisitor,
  WantedChat,
} from '../protocol/messages.js';
import type { BootOptions, UserCallback } from './api.js';
import { bootAlone } from './boot.js';
import { copyOf } from './copy.js';
import { forget, hasTalked, keepVisitor, keptFor, visitorToken } from './kept.js';
import { loadPanel } from './load-panel.js';
import { watchPage } from './page.js';
import { attempt, type Tell } from './tell.js';
import { createView } from './view.js';

const ANSWER_TIMEOUT_MS = 20_000;
const RETRY_MS = 5_000;
const DEFAULT_Z_INDEX = 2_147_483_000;
const UNREACHABLE = {
  code: 'client.offline',
  message: 'The chat server cannot be reached.',
  retryable: true,
};

interface MessengerSetup {
  origin: string;
  options: BootOptions;
  page: string | null;
  tell: Tell;
  callback: UserCallback | undefined;
}

export interface Messenger {
  show(chat?: WantedChat): void;
  hide(): void;
  showButton(isWanted: boolean): void;
  setPage(page: string | null): void;
  setAppearance(appearance: Appearance): void;
  changeUser(
    change: (HostMessage & { type: 'change-user' })['change'],
    callback: UserCallback | undefined,
  ): void;
  post(message: HostMessage): void;
  shutdown(): void;
  forget(): void;
}

/**
 * One booted widget in the page; `shutdown` ends it without a trace. The panel with the frame comes when there is
 * something for it to do. Functions, because they minify to less.
 */
export function createMessenger({ origin, options, page, tell, callback }: MessengerSetup): Messenger {
  const { pluginKey } = options;
  const language = chooseLanguage(options.language, navigator.languages);
  const view = createView(options.zIndex ?? DEFAULT_Z_INDEX, () => withPanel((it) => it.toggle()), load);
  const waiting: ((panel: Panel) => void)[] = [];
  let { appearance } = options;
  let known: KnownVisitor | undefined;
  let panel: Panel | undefined;
  let isBooting = true;
  let isLoading = false;
  let isStarted = false;
  let isGone = false;
  let isButtonWanted = !options.hideChannelButtonOnBoot;
  let isReady = false;
  let unread = -1;

  const answer: UserCallback = (...outcome) => {
    clearTimeout(answerTimer);
    if (callback) attempt(() => callback?.(...outcome));
    callback = undefined;
  };
  const answerTimer = setTimeout(() => answer(UNREACHABLE, null), ANSWER_TIMEOUT_MS);

  /** Until what was asked for is there. */
  const setBusy = (isBusy: boolean): void => void view.root.classList.toggle('busy', isBusy);

  function withPanel(act: (panel: Panel) => void): void {
    if (panel) return act(panel);
    waiting.push(act);
    setBusy(true);
    load();
  }

  function load(): void {
    if (isLoading || panel || isGone) return;
    isLoading = true;
    loadPanel(origin).then(loaded, () => {
      isLoading = false;
      setTimeout(load, RETRY_MS);
    });
  }

  function loaded(createPanel: (typeof import('../panel/panel.js'))['createPanel']): void {
    if (isGone) return;
    panel = createPanel({ origin, view, options, tell, onMessage: handle });
    setBusy(false);
    start();
    for (const act of waiting.splice(0)) act(panel);
  }

  /** Not beside a boot that is still under way: the frame would make another visitor. */
  function start(): void {
    if (isBooting || !panel) return;
    isStarted = true;
    const now = { appearance, page: watch.current(), kept: keptFor(pluginKey), known };
    panel.start({ ...options, ...now });
  }

  const post = (message: HostMessage): void => {
    const copy = copyOf(message);
    withPanel((it) => it.post(copy));
  };
  const watch = watchPage(page, (now) => post({ type: 'page', page: now }));

  async function boot(): Promise<void> {
    const isNeeded = hasTalked(pluginKey) || options.mobileMessengerMode === 'newTab';
    const booted = isNeeded
      ? null
      : await bootAlone(origin, { ...options, page: watch.current() }, language, visitorToken(pluginKey));
    isBooting = false;
    if (isGone) return;
    if (booted) wasBooted(booted);
    start();
    if (!booted || booted.unread > 0) load();
  }

  function wasBooted({ user, visitorToken: token, environment, unread: now }: BootView): void {
    known = { token, userId: user.id, settings: environment.settings };
    keepVisitor(pluginKey, memberIdOf(options) ? null : { token, userId: user.id });
    dress();
    setUnread(now);
    ready();
    answer(null, asHostUser(user));
  }

  /** As long as there is no frame to say how. */
  function dress(): void {
    if (!known || isStarted) return;
    const isDeviceDark = matchMedia('(prefers-color-scheme: dark)').matches;
    view.dress(lookOf({ settings: known.settings, language, appearance: appearance ?? null }, isDeviceDark));
  }

  const showButton = (isWanted: boolean): void => {
    isButtonWanted = isWanted;
    view.button.hidden = !(isWanted && isReady);
  };
  const ready = (): void => {
    isReady = true;
    showButton(isButtonWanted);
  };

  const setUnread = (now: number): void => {
    if (now === unread) return;
    unread = now;
    view.setUnread(now);
    tell('onBadgeChanged', now, now);
  };

  const handle = (message: FrameMessage): void => {
    if ('look' in message) view.dress(message.look);
    if ('unread' in message) setUnread(message.unread);
    if (message.type === 'booted') {
      ready();
      answer(null, message.user);
    }
    if (message.type === 'boot-failed') bootFailed(message.error);
  };

  /** What may pass leaves the button, behind which the visitor sees what is wrong; a wrong key does not. */
  function bootFailed(error: FrameError): void {
    if (error.retryable) ready();
    else console.error(`FastLightChat: ${error.code}: ${error.message}`);
    answer(error, null);
  }

  const show = (chat?: WantedChat): void => withPanel((it) => it.show(chat));
  const pressed = ({ target }: MouseEvent): void => {
    if (target instanceof Element && target.closest(options.customLauncherSelector!)) show();
  };

  if (options.customLauncherSelector) document.addEventListener('click', pressed);
  void boot();

  return {
    show,
    hide: () => void (panel ? panel.hide() : waiting.push((it) => it.hide())),
    showButton,
    post,
    setPage: watch.name,
    setAppearance: (now) => {
      appearance = now;
      dress();
      if (isStarted) post({ type: 'appearance', appearance: now });
    },
    changeUser: (change, heard) => {
      const copy = copyOf(change);
      withPanel((it) => it.changeUser(copy, heard));
    },
    forget: () => forget(pluginKey),
    shutdown: () => {
      isGone = true;
      panel?.remove();
      clearTimeout(answerTimer);
      document.removeEventListener('click', pressed);
      watch.stop();
      view.host.remove();
    },
  };
}

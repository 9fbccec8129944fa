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
  KeptVisitor,
  KnownVisitor,
  UserChange,
  WantedChat,
} from '../protocol/messages.js';
import type { BootOptions, UserCallback } from './api.js';
import { bootAlone } from './boot.js';
import { copyOf } from './copy.js';
import { keep, keptFor, keyOf, quietly } from './kept.js';
import { loadPanel } from './load-panel.js';
import { watchPage } from './page.js';
import { attempt, type Tell } from './tell.js';
import { createView } from './view.js';

const ANSWER_TIMEOUT_MS = 20_000;
const RETRY_MS = 5_000;
const DEFAULT_Z_INDEX = 2_147_483_000;
const UNREACHABLE = {
  code: 'client.offline',
  message: 'The server cannot be reached.',
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
  changeUser(change: UserChange, callback: UserCallback | undefined): void;
  post(message: HostMessage): void;
  shutdown(): void;
}

/**
 * One booted widget in the page; `shutdown` ends it without a trace. The panel with the frame comes when there is
 * something for it to do. Functions, because they minify to less.
 */
export function createMessenger({ origin, page, tell, callback, ...setup }: MessengerSetup): Messenger {
  const options = copyOf(setup.options);
  const { pluginKey } = options;
  const memberId = memberIdOf(options);
  const key = (name: string): string => keyOf(pluginKey, name);
  const language = chooseLanguage(options.language, navigator.languages);
  const view = createView(options.zIndex ?? DEFAULT_Z_INDEX, () => (panel ? panel.toggle() : show()), load);
  const waiting: ((panel: Panel) => void)[] = [];
  let known: KnownVisitor | undefined;
  let panel: Panel | undefined;
  let isBooting = true;
  let isLoading = false;
  let isStarted = false;
  let isGone = false;
  let isReady = false;
  let unread = -1;
  let failures = 0;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;

  const asking = new AbortController();
  /** Once. Who has an answer waits for none. */
  const answer: UserCallback = (...outcome) => {
    clearTimeout(answerTimer);
    asking.abort();
    if (callback) attempt(() => callback?.(...outcome));
    callback = undefined;
  };
  const answerTimer = setTimeout(answer, ANSWER_TIMEOUT_MS, UNREACHABLE, null);

  function withPanel(act: (panel: Panel) => void): void {
    if (panel) return act(panel);
    waiting.push(act);
    load();
  }

  function load(): void {
    if (isLoading || panel || isGone) return;
    isLoading = true;
    clearTimeout(retryTimer);
    loadPanel(origin, failures).then(loaded, () => {
      isLoading = false;
      setBusy(false);
      failures += 1;
      retryTimer = setTimeout(load, RETRY_MS * failures);
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
    // Where the visitor has gone since the boot, the watch is about to say.
    const page = known ? undefined : watch.tell();
    panel.start({ ...options, page, kept: keptFor(pluginKey), known });
  }

  const post = (message: HostMessage): void => {
    const copy = copyOf(message);
    withPanel((it) => it.post(copy));
  };
  const watch = watchPage(page, (now) => post({ type: 'page', page: now }));

  async function boot(): Promise<void> {
    if (isGone) return;
    const kept = new Map(keptFor(pluginKey));
    const visitor = quietly(() => JSON.parse(kept.get(key('visitor'))!) as KeptVisitor);
    const booted = isFrameNeeded(kept)
      ? 0
      : await bootAlone(origin, { ...options, page: watch.tell() }, language, visitor?.token, asking.signal);
    isBooting = false;
    if (isGone) return;
    if (typeof booted === 'number') setTimeout(load, booted);
    else wasBooted(booted, visitor);
    start();
  }

  /** To hear of an answer; to be there for a tab; and to find out whether this member has written before they were one. */
  function isFrameNeeded(kept: Map<string, string>): boolean {
    const isStranger = !!memberId && !kept.has(key('introduced'));
    return kept.has(key('talked')) || options.mobileMessengerMode === 'newTab' || isStranger;
  }

  function wasBooted(boot: BootView, visitor: KeptVisitor | undefined): void {
    const { user, visitorToken: token, environment } = boot;
    const userId = user.id;
    known = { token, userId, settings: environment.settings };
    // Whom a member has become is no longer anybody's for the taking.
    if (!memberId || visitor?.userId === userId)
      keep(key('visitor'), memberId ? null : JSON.stringify({ token, userId }));
    dress();
    setUnread(boot.unread);
    ready();
    answer(null, asHostUser(user));
    if (boot.unread > 0) load();
  }

  /** As long as there is no frame to say how. */
  function dress(): void {
    if (!known || isStarted) return;
    const isDeviceDark = matchMedia('(prefers-color-scheme: dark)').matches;
    const { settings } = known;
    view.dress(lookOf({ settings, language, appearance: options.appearance ?? null }, isDeviceDark));
  }

  const showButton = (isWanted: boolean): void => {
    options.hideChannelButtonOnBoot = !isWanted;
    view.button.hidden = !isWanted || !isReady;
  };
  const ready = (): void => {
    isReady = true;
    showButton(!options.hideChannelButtonOnBoot);
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
    else console.error('FastLightChat:', error.code, error.message);
    answer(error, null);
  }

  const show = (chat?: WantedChat): void => {
    setBusy(!panel);
    withPanel((it) => it.show(chat));
  };
  /** Until what was asked for is there. */
  const setBusy = (isBusy: boolean): void => view.button.setAttribute('aria-busy', String(isBusy));
  const pressed = ({ target }: MouseEvent): void =>
    attempt(() => {
      if ((target as Partial<Element>).closest?.(options.customLauncherSelector!)) show();
    });

  if (options.customLauncherSelector) document.addEventListener('click', pressed);
  // What the page does next may well be another boot, or to name itself.
  queueMicrotask(() => void boot());

  return {
    show,
    hide: () => void (panel ? panel.hide() : waiting.push((it) => it.hide())),
    showButton,
    post,
    setPage: watch.name,
    setAppearance: (now) => {
      options.appearance = now;
      dress();
      if (isStarted) post({ type: 'appearance', appearance: now });
    },
    changeUser: (change, heard) => {
      const copy = copyOf(change);
      withPanel((it) => it.changeUser(copy, heard));
    },
    shutdown: () => {
      isGone = true;
      callback = undefined;
      answer(null, null);
      panel?.remove();
      document.removeEventListener('click', pressed);
      watch.stop();
      view.host.remove();
    },
  };
}

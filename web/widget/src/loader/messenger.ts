import {
  unwrap,
  wrap,
  type FrameBootOptions,
  type FrameMessage,
  type HostMessage,
  type PageInfo,
  type WantedChat,
} from '../protocol/messages.js';
import type { BootOptions, UserCallback } from './api.js';
import { forget, keep, keptFor } from './kept.js';
import { watchPage } from './page.js';
import { attempt, type Tell } from './tell.js';
import { createView } from './view.js';

const ANSWER_TIMEOUT_MS = 20_000;
const TAB_LOOK_MS = 1_000;
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
  changeUser(
    change: (HostMessage & { type: 'change-user' })['change'],
    callback: UserCallback | undefined,
  ): void;
  post(message: HostMessage): void;
  shutdown(): void;
  forget(): void;
}

/** One booted widget in the page; `shutdown` ends it without a trace. Functions, because they minify to less. */
export function createMessenger({ origin, options, page, tell, callback }: MessengerSetup): Messenger {
  let isTabWanted = options.mobileMessengerMode === 'newTab';
  const view = createView(options.zIndex ?? DEFAULT_Z_INDEX, () => (isOpen ? hide() : show()), isTabWanted);
  const waiting: HostMessage[] = [];
  const asked: (UserCallback | undefined)[] = [];
  let isFrameLoaded = false;
  let isOpen = false;
  let tab: Window | null = null;
  let tabTimer: ReturnType<typeof setInterval> | undefined;
  let isTabTaken = false;
  let isButtonWanted = !options.hideChannelButtonOnBoot;
  let isReady = false;
  let unread = -1;
  let pageOverflow: string | null = null;
  const { style } = document.documentElement;

  const answer: UserCallback = (...outcome) => {
    clearTimeout(answerTimer);
    if (callback) attempt(() => callback?.(...outcome));
    callback = undefined;
  };
  const answerTimer = setTimeout(() => answer(UNREACHABLE, null), ANSWER_TIMEOUT_MS);

  const post = (message: HostMessage): void => {
    // A copy, now: a page's objects may hold what cannot be posted, and go on changing.
    const copy = JSON.parse(JSON.stringify(wrap(message))) as HostMessage;
    if (isFrameLoaded) view.iframe.contentWindow?.postMessage(copy, origin);
    else waiting.push(copy);
  };
  const watch = watchPage((now) => post({ type: 'page', page: now }));

  function show(chat?: WantedChat): void {
    if (openTab(chat)) return;
    if (chat) post({ type: 'chat', ...chat });
    if (isOpen) return;
    isOpen = true;
    holdPage();
    view.setOpen(true, isPhone());
    post({ type: 'opened', takesFocus: !isPhone() });
    tell('onShowMessenger');
  }

  /** At once, while the press that asked for it still counts; false where the browser lets no tab open. */
  function openTab(chat: WantedChat | undefined): boolean {
    if (!isTabWanted || !isPhone()) return false;
    const nonce = crypto.getRandomValues(new Uint32Array(4)).join('');
    // By its name, so that it is one tab however often it is asked for.
    const opened = open(`${origin}/widget/tab#${nonce}`, 'fast-light-chat');
    if (!opened) return false;
    post({ type: 'tab', nonce, chat });
    clearInterval(tabTimer);
    tabTimer = setInterval(lookAfterTab, TAB_LOOK_MS);
    if (!tab) tell('onShowMessenger');
    tab = opened;
    return true;
  }

  /** One that went without the session was cut off by the page's opener policy: the next is not. */
  function lookAfterTab(): void {
    if (!tab?.closed) return;
    isTabWanted = isTabTaken;
    closeTab();
  }

  function closeTab(): void {
    if (!tab) return;
    clearInterval(tabTimer);
    tab.close();
    tab = null;
    tell('onHideMessenger');
  }

  function hide(): void {
    closeTab();
    if (!isOpen) return;
    isOpen = false;
    releasePage();
    view.setOpen(false, false);
    post({ type: 'closed' });
    tell('onHideMessenger');
  }

  /** On a phone the messenger covers the page, which must not scroll underneath. */
  function holdPage(): void {
    if (!isPhone()) return;
    pageOverflow = style.overflow;
    style.overflow = 'hidden';
  }

  function releasePage(): void {
    if (pageOverflow === null) return;
    style.overflow = pageOverflow;
    pageOverflow = null;
  }

  const showButton = (isWanted: boolean): void => {
    isButtonWanted = isWanted;
    view.showButton(isWanted && isReady);
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

  /** What may pass leaves the button, behind which the visitor sees what is wrong; a wrong key does not. */
  const bootFailed = ({ error, look }: FrameMessage & { type: 'boot-failed' }): void => {
    view.dress(look);
    if (error.retryable) ready();
    else console.error(`FastLightChat: ${error.code}: ${error.message}`);
    answer(error, null);
  };

  const handle = (message: FrameMessage): void => {
    switch (message.type) {
      case 'booted':
        view.dress(message.look);
        setUnread(message.unread);
        ready();
        return answer(null, message.user);
      case 'boot-failed':
        return bootFailed(message);
      case 'look':
        return view.dress(message.look);
      case 'unread':
        return setUnread(message.unread);
      case 'peek':
        return view.peek(message.height);
      case 'user-changed':
        return attempt(() => asked[message.id]?.(message.error, message.user));
      case 'keep':
        return keep(message.key, message.value);
      case 'chat-created':
        return tell('onChatCreated', message.conversationId);
      case 'url-clicked':
        return tell('onUrlClicked', message.url);
      case 'open-requested':
        return show({ conversationId: message.conversationId, message: '' });
      case 'close-requested':
        return hide();
      case 'tab-taken':
        isTabTaken = true;
    }
  };

  const received = ({ origin: from, source, data }: MessageEvent): void => {
    if (from !== origin || source !== view.iframe.contentWindow) return;
    const message = unwrap<FrameMessage>(data);
    if (message) handle(message);
  };

  const pressed = ({ target }: MouseEvent): void => {
    if (target instanceof Element && target.closest(options.customLauncherSelector!)) show();
  };

  if (page !== null) watch.name(page);
  post({ type: 'boot', options: forFrame(options, watch.current()) });
  view.iframe.addEventListener('load', () => {
    // The frame listens before its load event, so nothing said from here on is lost.
    isFrameLoaded = true;
    waiting.splice(0).forEach(post);
  });
  addEventListener('message', received);
  if (options.customLauncherSelector) document.addEventListener('click', pressed);
  view.mount(`${origin}/widget/frame`);

  return {
    show,
    hide,
    showButton,
    post,
    setPage: watch.name,
    changeUser: (change, heard) => post({ type: 'change-user', id: asked.push(heard) - 1, change }),
    forget: () => forget(options.pluginKey),
    shutdown: () => {
      hide();
      clearTimeout(answerTimer);
      removeEventListener('message', received);
      document.removeEventListener('click', pressed);
      watch.stop();
      view.remove();
    },
  };
}

/** As the styles see it. */
function isPhone(): boolean {
  return matchMedia('(max-width: 480px), (max-height: 480px) and (max-width: 960px)').matches;
}

/** Field by field: what else the page put into the object stays there. */
function forFrame(options: BootOptions, page: PageInfo): FrameBootOptions {
  const { pluginKey, memberId, memberHash, memberToken, profile, tags, language } = options;
  const { hidePopup, appearance } = options;
  return {
    pluginKey,
    memberId,
    memberHash,
    memberToken,
    profile,
    tags,
    language,
    hidePopup,
    appearance,
    page,
    kept: keptFor(pluginKey),
  };
}

import type { BootOptions, UserCallback } from '../loader/api.js';
import { keep } from '../loader/kept.js';
import { attempt, type Tell } from '../loader/tell.js';
import { addStyles, element, type View } from '../loader/view.js';
import {
  unwrap,
  wrap,
  type FrameBootOptions,
  type FrameMessage,
  type HostMessage,
  type UserChange,
  type WantedChat,
} from '../protocol/messages.js';
import styles from './panel.css?inline';

const FIRST_RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 60_000;
const TAB_LOOK_MS = 1_000;

interface PanelSetup {
  origin: string;
  view: View;
  options: BootOptions;
  tell: Tell;
  /** What is none of the panel's business. */
  onMessage: (message: FrameMessage) => void;
}

export interface Panel {
  /** From now on there may be a frame; what it is to be told before all else. */
  start(boot: FrameBootOptions): void;
  show(chat?: WantedChat): void;
  hide(): void;
  toggle(): void;
  /** What is posted before the frame listens is kept for it. */
  post(message: HostMessage): void;
  changeUser(change: UserChange, callback: UserCallback | undefined): void;
  remove(): void;
}

/** What opens: the frame in the page, or on phones a tab. A script of its own, which most visits never need. */
export function createPanel({ origin, view, options, tell, onMessage }: PanelSetup): Panel {
  const { host, root, button } = view;
  const panel = element('div', 'panel');
  const iframe = document.createElement('iframe');
  const waiting: HostMessage[] = [];
  const asked: (UserCallback | undefined)[] = [];
  let isTabWanted = options.mobileMessengerMode === 'newTab';
  /** Browsers name no frame of a shadow root to others, and a tab has to find it. */
  const isReachable = isTabWanted;
  let isListening = false;
  let isOpen = false;
  let tab: Window | null = null;
  let tabTimer: ReturnType<typeof setInterval> | undefined;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let retryMs = FIRST_RETRY_MS;
  let isTabTaken = false;
  let pageOverflow: string | null = null;
  /** Where the keyboard was. */
  let opener: HTMLElement | null = null;
  const { style } = document.documentElement;

  const post = (message: HostMessage): void => {
    waiting.push(message);
    if (isListening) sendWaiting();
  };

  function sendWaiting(): void {
    for (const message of waiting.splice(0)) iframe.contentWindow?.postMessage(wrap(message), origin);
  }

  function start(boot: FrameBootOptions): void {
    waiting.unshift({ type: 'boot', options: forFrame(boot) });
    load();
    (isReachable ? host : panel).append(iframe);
    if (isOpen) iframe.focus();
  }

  function load(): void {
    iframe.src = `${origin}/widget/frame`;
  }

  /** What has been loaded and does not speak soon is a page of the browser about what went wrong. */
  function frameLoaded(): void {
    if (isListening) return;
    retryTimer = setTimeout(load, retryMs);
    retryMs = Math.min(LONGEST_RETRY_MS, retryMs * 2);
  }

  function show(chat?: WantedChat): void {
    if (openTab(chat)) return;
    if (chat) post({ type: 'chat', ...chat });
    if (isOpen) return;
    isOpen = true;
    opener = document.activeElement as HTMLElement | null;
    coverPage();
    view.setOpen(true);
    iframe.focus();
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
    coverPage();
    view.setOpen(false);
    leadBack();
    post({ type: 'closed' });
    tell('onHideMessenger');
  }

  /** What goes out of sight keeps no focus. */
  function leadBack(): void {
    if (host.contains(document.activeElement)) (button.hidden ? opener : button)?.focus();
  }

  /** On a phone the messenger covers the page, which must not scroll underneath; a window may become as narrow, or wide. */
  function coverPage(): void {
    const isCovered = isOpen && isPhone();
    panel.setAttribute('aria-modal', String(isCovered));
    if (isCovered) {
      pageOverflow ??= style.overflow;
      style.overflow = 'hidden';
    } else if (pageOverflow !== null) {
      style.overflow = pageOverflow;
      pageOverflow = null;
    }
  }

  function entitle(title: string): void {
    panel.setAttribute('aria-label', title);
    iframe.title = title;
  }

  /** While it is closed, the frame shows its newest message, so high; 0: nothing. */
  function peek(height: number): void {
    root.style.setProperty('--peek', `${height}px`);
    root.classList.toggle('peek', height > 0);
    if (height === 0 && !isOpen) leadBack();
  }

  function ready(): void {
    isListening = true;
    clearTimeout(retryTimer);
    sendWaiting();
  }

  const handle = (message: FrameMessage): void => {
    switch (message.type) {
      case 'ready':
        return ready();
      case 'peek':
        return peek(message.height);
      case 'open-requested':
        return show({ conversationId: message.conversationId, message: '' });
      case 'close-requested':
        return hide();
      case 'tab-taken':
        isTabTaken = true;
        return;
      case 'keep':
        return keep(message.key, message.value);
      case 'chat-created':
        return tell('onChatCreated', message.conversationId);
      case 'url-clicked':
        return tell('onUrlClicked', message.url);
      case 'user-changed':
        return attempt(() => asked[message.id]?.(message.error, message.user));
      default:
        if ('look' in message) entitle(message.look.title);
        return onMessage(message);
    }
  };

  const received = ({ origin: from, source, data }: MessageEvent): void => {
    if (from !== origin || source !== iframe.contentWindow) return;
    const message = unwrap<FrameMessage>(data);
    if (!message) return;
    // From now on there is a way out in the frame.
    root.classList.add('live');
    handle(message);
  };

  addStyles(host.shadowRoot!, styles);
  panel.setAttribute('role', 'dialog');
  entitle('Chat');
  if (isReachable) panel.append(document.createElement('slot'));
  root.prepend(panel);
  iframe.addEventListener('load', frameLoaded);
  addEventListener('message', received);
  addEventListener('resize', coverPage);

  return {
    start,
    show,
    hide,
    toggle: () => (isOpen ? hide() : show()),
    post,
    changeUser: (change, heard) => post({ type: 'change-user', id: asked.push(heard) - 1, change }),
    remove: () => {
      hide();
      clearTimeout(retryTimer);
      removeEventListener('message', received);
      removeEventListener('resize', coverPage);
    },
  };
}

/** Field by field: what else the page put into the object stays there. */
function forFrame(options: FrameBootOptions): FrameBootOptions {
  const { pluginKey, memberId, memberHash, memberToken, profile, tags, language } = options;
  const { hidePopup, appearance, page, kept, known } = options;
  const who = { pluginKey, memberId, memberHash, memberToken, profile, tags, language };
  return { ...who, hidePopup, appearance, page, kept, known };
}

/** As the styles see it. */
function isPhone(): boolean {
  return matchMedia('(max-width: 480px), (max-height: 480px) and (max-width: 960px)').matches;
}

import { chooseLanguage } from '../protocol/language.js';
import {
  asFrameMessage,
  wrap,
  type FrameBootOptions,
  type FrameMessage,
  type HostMessage,
} from '../protocol/messages.js';
import type { BootCallback, BootOptions } from './api.js';
import { View } from './view.js';

const ANSWER_TIMEOUT_MS = 20_000;
const DEFAULT_Z_INDEX = 2_147_483_000;
const UNREACHABLE = {
  code: 'client.offline',
  message: 'The chat server cannot be reached.',
  retryable: true,
};

export interface MessengerListeners {
  onShow(): void;
  onHide(): void;
  onBadge(unread: number): void;
}

/** One booted widget in the page; `shutdown` ends it without a trace. */
export class Messenger {
  private readonly view: View;
  private readonly waiting: HostMessage[] = [];
  private readonly receive = (event: MessageEvent): void => this.received(event);
  private isFrameLoaded = false;
  private isOpen = false;
  private unread = -1;
  private pageOverflow: string | null = null;
  private answerTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly origin: string,
    private readonly options: BootOptions,
    private readonly listeners: MessengerListeners,
    private readonly callback: BootCallback | undefined,
  ) {
    this.view = new View(options.zIndex ?? DEFAULT_Z_INDEX, () => (this.isOpen ? this.hide() : this.show()));
    this.view.speak(chooseLanguage(options.language, navigator.languages));
    this.view.iframe.addEventListener('load', () => this.frameLoaded());
    window.addEventListener('message', this.receive);
    this.answerTimer = setTimeout(() => this.answer(() => callback?.(UNREACHABLE, null)), ANSWER_TIMEOUT_MS);
    this.post({ type: 'boot', options: forFrame(options) });
    this.view.mount(`${origin}/widget/frame`);
  }

  show(): void {
    if (this.isOpen) return;
    this.isOpen = true;
    this.holdPage();
    this.view.setOpen(true);
    this.post({ type: 'opened', takesFocus: !isPhone() });
    this.listeners.onShow();
  }

  hide(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.releasePage();
    this.view.setOpen(false);
    this.post({ type: 'closed' });
    this.listeners.onHide();
  }

  shutdown(): void {
    this.hide();
    clearTimeout(this.answerTimer);
    window.removeEventListener('message', this.receive);
    this.view.remove();
  }

  private post(message: HostMessage): void {
    if (this.isFrameLoaded) this.view.iframe.contentWindow?.postMessage(wrap(message), this.origin);
    else this.waiting.push(message);
  }

  /** The frame listens before its load event, so nothing said from here on is lost. */
  private frameLoaded(): void {
    this.isFrameLoaded = true;
    for (const message of this.waiting.splice(0)) this.post(message);
  }

  private received(event: MessageEvent): void {
    if (event.origin !== this.origin || event.source !== this.view.iframe.contentWindow) return;
    const message = asFrameMessage(event.data);
    if (message) this.handle(message);
  }

  private handle(message: FrameMessage): void {
    switch (message.type) {
      case 'booted':
        this.view.dress(message.settings);
        this.view.speak(message.language);
        this.setUnread(message.unread);
        this.showButton();
        return this.answer(() => this.callback?.(null, message.user));
      case 'boot-failed':
        return this.bootFailed(message);
      case 'settings':
        return this.view.dress(message.settings);
      case 'unread':
        return this.setUnread(message.unread);
      case 'close-requested':
        return this.hide();
      default:
        return message satisfies never;
    }
  }

  /** What may pass leaves the button, behind which the visitor sees what is wrong; a wrong key does not. */
  private bootFailed({ error, language }: FrameMessage & { type: 'boot-failed' }): void {
    this.view.speak(language);
    if (error.retryable) this.showButton();
    else console.error(`FastLightChat: ${error.code}: ${error.message}`);
    this.answer(() => this.callback?.(error, null));
  }

  private answer(tell: () => void): void {
    if (this.answerTimer === undefined) return;
    clearTimeout(this.answerTimer);
    this.answerTimer = undefined;
    tell();
  }

  private showButton(): void {
    if (!this.options.hideChannelButtonOnBoot) this.view.showButton();
  }

  private setUnread(unread: number): void {
    if (unread === this.unread) return;
    this.unread = unread;
    this.view.setUnread(unread);
    this.listeners.onBadge(unread);
  }

  /** On a phone the messenger covers the page, which must not scroll underneath. */
  private holdPage(): void {
    if (!isPhone()) return;
    this.pageOverflow = document.documentElement.style.overflow;
    document.documentElement.style.overflow = 'hidden';
  }

  private releasePage(): void {
    if (this.pageOverflow === null) return;
    document.documentElement.style.overflow = this.pageOverflow;
    this.pageOverflow = null;
  }
}

function isPhone(): boolean {
  return matchMedia('(max-width: 480px)').matches;
}

/** Field by field: what else the page put into the object stays there. */
function forFrame(options: BootOptions): FrameBootOptions {
  const { pluginKey, memberId, memberHash, memberToken, profile, language } = options;
  const copy = { pluginKey, memberId, memberHash, memberToken, profile, language };
  return JSON.parse(JSON.stringify(copy)) as FrameBootOptions;
}

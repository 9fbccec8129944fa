import { toChatError } from '@fast-light-chat/sdk';
import { asHostUser } from '../protocol/host-user.js';
import { chooseLanguage } from '../protocol/language.js';
import { lookOf } from '../protocol/look.js';
import type {
  Arrival,
  FrameBootOptions,
  FrameError,
  FrameMessage,
  HostMessage,
  Language,
  Look,
} from '../protocol/messages.js';
import { loadStrings } from './app/strings.js';
import { keepArrival, keptArrival } from './arrival.js';
import { HostLink } from './host-link.js';
import { takeReturnLink } from './return-link.js';
import { Session } from './session.js';
import { Shell } from './shell.js';
import { createPageStorage, createSafeStorage, isBlocked, type SafeStorage } from './storage.js';
import { TabLink, takeNonce, takeOver } from './tab.js';
import { PLAIN, wear } from './wear.js';

const FIRST_RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 60_000;

type Post = (message: FrameMessage) => void;

/** The quiet part: boots and tells the page. All else is loaded when the visitor opens it, or has talked before. */
class Frame {
  private session: Session | null = null;
  private isAppLoaded = false;
  private hasTold = false;
  private worn = '';
  private retryMs = FIRST_RETRY_MS;
  private readonly deviceDark = matchMedia('(prefers-color-scheme: dark)');
  private readonly link = new HostLink((message, origin) => this.handle(message, origin));
  private readonly shell = new Shell(() => this.link.post({ type: 'close-requested' }));
  private readonly tabs = new TabLink((message) => this.link.post(message));

  /** From a mail, or as the tab of a page, there is no page around that would boot. */
  start(): void {
    this.dressPlainly();
    if (window.parent !== window) return;
    document.documentElement.classList.add('standalone');
    // The same page asked for once more, with something new in its fragment.
    addEventListener('hashchange', () => location.reload());
    const storage = createSafeStorage(() => sessionStorage);
    const nonce = takeNonce();
    if (nonce) return this.waitFor(nonce, storage);
    const arrival = takeReturnLink() ?? keptArrival(storage);
    if (arrival) this.arrive(arrival, storage);
    else this.showAstray();
  }

  private waitFor(nonce: string, storage: SafeStorage): void {
    takeOver(nonce, {
      onArrival: (arrival, post) => this.arrive(arrival, storage, post),
      onAstray: () => this.showAstray(),
    });
  }

  private arrive(arrival: Arrival, storage: SafeStorage, post: Post = () => undefined): void {
    const { pluginKey, parentOrigin = location.origin, language, appearance } = arrival;
    keepArrival(storage, arrival);
    const options = { pluginKey, language, appearance };
    const session = new Session(options, parentOrigin, storage, location.origin, arrival);
    // A tab is opened on phones, where the field would open the keyboard over what there is to read.
    session.state.change({ isOpen: true, takesFocus: arrival.parentOrigin === undefined });
    this.begin(session);
    this.loadApp(post);
  }

  private showAstray(): void {
    const language = this.dressPlainly();
    void Promise.all([import('./app/mount.js'), loadStrings(language)]).then(([{ mountAstray }]) => {
      if (this.session) return;
      this.shell.remove();
      mountAstray(language);
    });
  }

  /** As long as nobody has said for whom. */
  private dressPlainly(): Language {
    const language = chooseLanguage(undefined, navigator.languages);
    const look = lookOf({ settings: PLAIN, appearance: null, language }, this.deviceDark.matches);
    document.documentElement.lang = language;
    wear(look);
    this.shell.dress(look);
    return language;
  }

  private handle(message: HostMessage, origin: string): void {
    switch (message.type) {
      case 'boot':
        return this.boot(message.options, origin);
      case 'opened':
        this.session?.state.change({ isOpen: true, takesFocus: message.takesFocus });
        this.session?.opened().catch(() => undefined);
        return this.loadApp();
      case 'closed':
        return this.session?.state.change({ isOpen: false });
      case 'chat':
        this.session?.state.change({ wanted: message });
        return this.loadApp();
      case 'tab':
        this.tabs.expect(message.nonce, () => this.session!.handOver(message.chat));
        // What is answered in the tab is to be counted here too.
        return this.loadApp();
      case 'page':
        return this.session?.pageChanged(message.page);
      case 'appearance':
        return this.session?.state.change({ appearance: message.appearance });
      case 'track':
        return void this.session?.track(message.name, message.properties).catch(complain);
      case 'change-user':
        return void this.changeUser(message);
      default:
        return message satisfies never;
    }
  }

  private async changeUser({ id, change }: HostMessage & { type: 'change-user' }): Promise<void> {
    try {
      const user = await this.session?.changeUser(change);
      this.link.post({ type: 'user-changed', id, error: null, user: user ? asHostUser(user) : null });
    } catch (error) {
      complain(error);
      this.link.post({ type: 'user-changed', id, error: asFrameError(error), user: null });
    }
  }

  /** A page boots a frame once; another identity gets another frame. */
  private boot(options: FrameBootOptions, origin: string): void {
    if (this.session) return;
    const keep = (key: string, value: string | null): void => this.link.post({ type: 'keep', key, value });
    const pageStorage = createPageStorage(options.kept ?? [], keep);
    const storage = isBlocked() ? pageStorage : createSafeStorage();
    this.begin(new Session(options, origin, storage, location.origin, null, pageStorage));
  }

  private begin(session: Session): void {
    this.session = session;
    let { phase } = session.state.getSnapshot();
    session.state.subscribe(() => {
      this.dress(session);
      if (session.state.getSnapshot().phase === phase) return;
      ({ phase } = session.state.getSnapshot());
      this.tell(session);
    });
    this.deviceDark.addEventListener('change', () => this.dress(session));
    this.dress(session);
    void session.boot();
  }

  /** The page is told of it once it has been told of the boot. */
  private dress(session: Session): void {
    document.documentElement.lang = session.state.getSnapshot().language;
    const look = this.lookOf(session);
    const worn = JSON.stringify(look);
    if (worn === this.worn) return;
    this.worn = worn;
    wear(look);
    this.shell.dress(look);
    if (session.isStandalone) document.title = look.title;
    if (this.hasTold) this.link.post({ type: 'look', look });
  }

  private lookOf({ options, state }: Session): Look {
    const { boot, language, appearance } = state.getSnapshot();
    const settings = boot?.environment.settings ?? options.known?.settings ?? PLAIN;
    return lookOf({ settings, language, appearance }, this.deviceDark.matches);
  }

  private tell(session: Session): void {
    const { phase, boot, error } = session.state.getSnapshot();
    const look = this.lookOf(session);
    if (phase === 'ready' && boot) {
      const { user, unread } = boot;
      this.hasTold = true;
      this.link.post({ type: 'booted', user: asHostUser(user), look, unread });
      if (unread > 0 || session.hasTalked) this.loadApp();
    } else if (phase === 'failed' && error) {
      this.link.post({ type: 'boot-failed', error: asFrameError(error), look });
      if (error.retryable) this.bootLater(session, error.retryAfterMs);
    }
  }

  private bootLater(session: Session, wantedMs: number | undefined): void {
    this.later(() => {
      if (session.state.getSnapshot().phase === 'failed') void session.boot();
    }, wantedMs);
  }

  private later(act: () => void, wantedMs: number = this.retryMs): void {
    setTimeout(act, wantedMs);
    this.retryMs = Math.min(LONGEST_RETRY_MS, this.retryMs * 2);
  }

  private loadApp(post: Post = (message) => this.link.post(message)): void {
    const { session } = this;
    if (this.isAppLoaded || !session) return;
    this.isAppLoaded = true;
    const { language } = session.state.getSnapshot();
    Promise.all([import('./app/mount.js'), loadStrings(language)]).then(
      ([{ mount }]) => {
        this.shell.remove();
        mount(session, language, post);
      },
      () => {
        this.isAppLoaded = false;
        this.shell.tellTrouble(language);
        this.later(() => this.loadApp(post));
      },
    );
  }
}

function asFrameError(caught: unknown): FrameError {
  const { code, message, retryable } = toChatError(caught);
  return { code, message, retryable };
}

/** Not every page asks to be told, and what was wrong about a command is for whoever wrote it. */
function complain(caught: unknown): void {
  const { message, details } = toChatError(caught);
  console.warn('FastLightChat:', message, details ?? '');
}

new Frame().start();

import type { FrameBootOptions, HostMessage } from '../protocol/messages.js';
import { HostLink } from './host-link.js';
import { takeReturnLink } from './return-link.js';
import { Session } from './session.js';
import { createSafeStorage, type SafeStorage } from './storage.js';

const FIRST_RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 60_000;

/** The quiet part: boots and tells the page. All else is loaded when the visitor opens it, or has talked before. */
class Frame {
  private session: Session | null = null;
  private isAppLoaded = false;
  private retryMs = FIRST_RETRY_MS;
  private readonly storage: SafeStorage = createSafeStorage();
  private readonly link = new HostLink((message, origin) => this.handle(message, origin));

  /** Somebody who comes from a mail has no page around that would boot. */
  start(): void {
    const link = takeReturnLink();
    if (!link) return;
    const storage = createSafeStorage(() => sessionStorage);
    const session = new Session(
      { pluginKey: link.pluginKey },
      location.origin,
      storage,
      location.origin,
      link,
    );
    session.state.change({ isOpen: true, takesFocus: true });
    document.documentElement.classList.add('standalone');
    this.begin(session);
    this.loadApp();
  }

  private handle(message: HostMessage, origin: string): void {
    switch (message.type) {
      case 'boot':
        return this.boot(message.options, origin);
      case 'opened':
        this.session?.state.change({ isOpen: true, takesFocus: message.takesFocus });
        return this.loadApp();
      case 'closed':
        this.session?.state.change({ isOpen: false });
        return;
      default:
        return message satisfies never;
    }
  }

  /** A page boots a frame once; another identity gets another frame. */
  private boot(options: FrameBootOptions, origin: string): void {
    if (this.session) return;
    this.begin(new Session(options, origin, this.storage));
  }

  private begin(session: Session): void {
    this.session = session;
    document.documentElement.lang = session.state.getSnapshot().language;
    let phase = session.state.getSnapshot().phase;
    session.state.subscribe(() => {
      if (session.state.getSnapshot().phase === phase) return;
      phase = session.state.getSnapshot().phase;
      this.tell(session);
    });
    void session.boot();
  }

  private tell(session: Session): void {
    const { phase, boot, error, language } = session.state.getSnapshot();
    if (phase === 'ready' && boot) {
      const { user, unread, environment } = boot;
      this.link.post({ type: 'booted', user, settings: environment.settings, language, unread });
      if (unread > 0 || session.hasTalked) this.loadApp();
    } else if (phase === 'failed' && error) {
      const { code, message, retryable } = error;
      this.link.post({ type: 'boot-failed', error: { code, message, retryable }, language });
      if (retryable) this.bootLater(session, error.retryAfterMs);
    }
  }

  private bootLater(session: Session, wantedMs: number | undefined): void {
    setTimeout(() => {
      if (session.state.getSnapshot().phase === 'failed') void session.boot();
    }, wantedMs ?? this.retryMs);
    this.retryMs = Math.min(LONGEST_RETRY_MS, this.retryMs * 2);
  }

  private loadApp(): void {
    const { session, link } = this;
    if (this.isAppLoaded || !session) return;
    this.isAppLoaded = true;
    import('./app/mount.js').then(
      ({ mount }) => mount(session, link, session.storage),
      () => {
        this.isAppLoaded = false;
      },
    );
  }
}

new Frame().start();

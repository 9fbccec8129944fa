import {
  ChatError,
  createRestClient,
  toChatError,
  type BootRequest,
  type BootView,
  type RestClient,
  type SocketAuth,
  type UserView,
} from '@fast-light-chat/sdk';
import { introductionOf, memberIdOf, ourNames, ourPage } from '../protocol/introduction.js';
import { chooseLanguage } from '../protocol/language.js';
import type {
  Appearance,
  Arrival,
  FrameBootOptions,
  KeptVisitor,
  KnownVisitor,
  Language,
  PageInfo,
  UserChange,
  WantedChat,
} from '../protocol/messages.js';
import { forgivingly } from './forgiving.js';
import { Observable } from './observable.js';
import type { SafeStorage } from './storage.js';

const PAGE_PACE_MS = 3_000;
const STALE_AFTER_MS = 5 * 60_000;

export interface SessionState {
  phase: 'booting' | 'ready' | 'failed';
  language: Language;
  isOpen: boolean;
  takesFocus: boolean;
  /** The page's own wish; null: as the settings say. */
  appearance: Appearance | null;
  /** What the page has asked to be shown, until it is. */
  wanted: WantedChat | null;
  boot: BootView | null;
  error: ChatError | null;
}

/** A change by the page, or one that the visitor makes in the widget. */
export interface OwnChange extends UserChange {
  consented?: true;
}

/** The token is no good any more; the server answers that with somebody new, who would see an empty chat. */
export function visitorLost(): ChatError {
  return new ChatError({ code: 'auth.visitor_lost', message: 'This visitor is no longer known.' });
}

/**
 * Who is in front of the widget. Only an anonymous visitor is kept: a member's token would let the next person on
 * the same computer be that member without the page saying so. Until they have written, the page keeps them, so that
 * its loader can do without a frame; from then on they are kept here.
 */
export class Session {
  readonly state: Observable<SessionState>;
  /** As the visitor. */
  readonly rest: RestClient;
  private visitorToken: string | undefined;
  private userId: string | undefined;
  /** Whom the loader has booted, as long as the server knows them. */
  private known: KnownVisitor | undefined;
  private renewing: Promise<void> | null = null;
  private lastChange: Promise<unknown> = Promise.resolve();
  private askedAt = Infinity;
  private page: PageInfo | undefined;
  private pageTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly options: FrameBootOptions,
    private readonly parentOrigin: string,
    readonly storage: SafeStorage,
    private readonly url: string = location.origin,
    private readonly arrival: Arrival | null = null,
    private readonly pageStorage: SafeStorage = storage,
  ) {
    const stored = this.storedVisitor();
    // Who has written here counts more than whom the page has booted since, having forgotten that they had.
    const isOurs = !stored || !this.isAnonymous || stored.userId === options.known?.userId;
    if (isOurs) this.known = options.known;
    this.visitorToken = arrival?.visitorToken ?? this.known?.token ?? stored?.token;
    if (arrival) this.userId = arrival.userId ?? (arrival.visitorToken ? undefined : stored?.userId);
    const language = chooseLanguage(options.language, navigator.languages);
    this.state = new Observable<SessionState>({
      phase: 'booting',
      language,
      isOpen: false,
      takesFocus: false,
      appearance: options.appearance ?? null,
      wanted: arrival?.wanted ?? null,
      boot: null,
      error: null,
    });
    this.rest = this.createRest();
  }

  /** Where the visitor wants to go back to; from a mail. */
  get returnsTo(): string | undefined {
    return this.arrival?.conversationId;
  }

  /** A page of its own: there is nothing that it could be closed into. */
  get isStandalone(): boolean {
    return this.arrival !== null;
  }

  get serverUrl(): string {
    return this.url;
  }

  /** Whether this browser has written before: then new messages are listened for without being opened. */
  get hasTalked(): boolean {
    return this.storage.getItem(this.key('talked')) !== null;
  }

  /** The page too, so that its loader does not wait to be opened. */
  rememberTalk(): void {
    for (const place of [this.storage, this.pageStorage]) place.setItem(this.key('talked'), '1');
    const visitor = this.pageStorage.getItem(this.key('visitor'));
    if (this.pageStorage === this.storage || visitor === null) return;
    this.storage.setItem(this.key('visitor'), visitor);
    this.pageStorage.removeItem(this.key('visitor'));
  }

  async boot(): Promise<void> {
    this.state.change({ phase: 'booting', error: null });
    try {
      const boot = (await this.resume()) ?? (await this.introduce());
      if (this.hasTalked) this.rememberTalk();
      this.state.change({ phase: 'ready', boot });
    } catch (error) {
      this.state.change({ phase: 'failed', error: toChatError(error) });
    }
  }

  /** As whom the loader has introduced; null: it has not, or the server has forgotten them since. */
  private async resume(): Promise<BootView | null> {
    const { known } = this;
    if (!known) return null;
    const boot = await this.ask({});
    if (boot.user.id === known.userId) return boot;
    // Somebody new, who is introduced then.
    this.known = this.userId = undefined;
    return null;
  }

  private introduce(): Promise<BootView> {
    return forgivingly('boot', introductionOf(this.options), (request) => this.ask(request));
  }

  /** Proofs of identity are short-lived; the visitor token of the first boot stands for them here. */
  async auth(reason: 'connect' | 'expired'): Promise<SocketAuth> {
    if (reason === 'expired') await this.renew();
    const { boot } = this.state.getSnapshot();
    return { pluginKey: this.options.pluginKey, userToken: boot?.userToken ?? '' };
  }

  /** Waits for the boot, as the page may ask before it, and for its turn: a tag may be added and taken off again. */
  changeUser(change: OwnChange): Promise<UserView> {
    const changed = this.lastChange.then(() => this.applyChange(change));
    this.lastChange = changed.catch(() => undefined);
    return changed;
  }

  private async applyChange({ profileOnce, profile, language, ...change }: OwnChange): Promise<UserView> {
    const { user } = await this.booted();
    if (language) this.state.change({ language: chooseLanguage(language, []) });
    const fresh = Object.entries(profileOnce ?? {}).filter(([name]) => user.profile[name] == null);
    const body = {
      ...change,
      ...(language && { language }),
      ...((profile || fresh.length > 0) && {
        profile: ourNames({ ...Object.fromEntries(fresh), ...profile }),
      }),
    };
    const changed = await this.rest.request<UserView>('PATCH', '/v1/users/me', { body });
    const { boot } = this.state.getSnapshot();
    if (boot) this.state.change({ boot: { ...boot, user: { ...boot.user, ...changed } } });
    return changed;
  }

  /** For a tab that goes on as this visitor. Waits for the boot. */
  async handOver(wanted: WantedChat | undefined): Promise<Arrival> {
    await this.booted();
    const { pluginKey } = this.options;
    const { visitorToken, parentOrigin } = this;
    const { language, appearance } = this.state.getSnapshot();
    return { pluginKey, visitorToken, parentOrigin, language, appearance: appearance ?? undefined, wanted };
  }

  /** Whether somebody is there may have changed since. */
  async opened(): Promise<void> {
    if (Date.now() - this.askedAt > STALE_AFTER_MS) await this.renew();
  }

  /** The last one counts: some pages change their address with every turn of the wheel. */
  pageChanged(page: PageInfo): void {
    this.page = ourPage(page);
    this.pageTimer ??= setTimeout(() => {
      this.pageTimer = undefined;
      this.tellPage().catch(() => undefined);
    }, PAGE_PACE_MS);
  }

  private async tellPage(): Promise<void> {
    if (!this.page) return;
    await this.booted();
    await this.rest.request('PATCH', '/v1/users/me', { body: { page: this.page } });
  }

  async track(name: string, properties?: Record<string, unknown>): Promise<void> {
    await this.booted();
    await forgivingly('track', { name, properties }, (body) =>
      this.rest.request('POST', '/v1/users/me/events', { body }),
    );
  }

  environmentChanged(change: Partial<BootView['environment']>): void {
    const { boot } = this.state.getSnapshot();
    if (boot) this.state.change({ boot: { ...boot, environment: { ...boot.environment, ...change } } });
  }

  storageKey(name: string): string {
    return this.key(`${name}:${this.state.getSnapshot().boot?.user.id ?? ''}`);
  }

  /** The socket and a request may both find the token expired: one renewal serves both. */
  private renew(): Promise<void> {
    this.renewing ??= this.ask({})
      .then((boot) => this.state.change({ boot }))
      .finally(() => {
        this.renewing = null;
      });
    return this.renewing;
  }

  private async ask(request: BootRequest): Promise<BootView> {
    const isToGoOn = this.isStandalone || this.userId !== undefined;
    if (isToGoOn && !this.visitorToken) throw visitorLost();
    const { language } = this.state.getSnapshot();
    const body: BootRequest = { ...request, language, visitorToken: this.visitorToken };
    const boot = await this.bootRest().request<BootView>('POST', '/v1/widget/boot', { body });
    if (this.userId !== undefined && this.userId !== boot.user.id) {
      // No good once is no good ever: each further try would only make another visitor.
      this.visitorToken = undefined;
      throw visitorLost();
    }
    this.userId = boot.user.id;
    this.visitorToken = boot.visitorToken;
    this.askedAt = Date.now();
    this.remember(boot);
    return boot;
  }

  /** The visitor who became a member is no longer anybody's for the taking. */
  private remember({ visitorToken, user }: BootView): void {
    const key = this.key('visitor');
    const visitor: KeptVisitor = { token: visitorToken, userId: user.id };
    const [place, other] = this.hasTalked
      ? [this.storage, this.pageStorage]
      : [this.pageStorage, this.storage];
    // So that the loader need not ask this frame another time whether they have been an anonymous visitor.
    if (!this.isAnonymous) this.pageStorage.setItem(this.key('introduced'), '1');
    if (this.isAnonymous) place.setItem(key, JSON.stringify(visitor));
    else if (this.storedVisitor()?.userId !== user.id) return;
    else place.removeItem(key);
    if (other !== place) other.removeItem(key);
  }

  private storedVisitor(): KeptVisitor | null {
    const key = this.key('visitor');
    try {
      const kept = this.storage.getItem(key) ?? this.pageStorage.getItem(key);
      return JSON.parse(kept ?? 'null') as KeptVisitor | null;
    } catch {
      return null;
    }
  }

  private booted(): Promise<BootView> {
    return new Promise((resolve) => {
      const look = (): void => {
        const { phase, boot } = this.state.getSnapshot();
        if (phase !== 'ready' || !boot) return;
        unsubscribe();
        resolve(boot);
      };
      const unsubscribe = this.state.subscribe(look);
      look();
    });
  }

  private createRest(): RestClient {
    return createRestClient({
      url: this.url,
      headers: () => ({
        'x-plugin-key': this.options.pluginKey,
        'x-user-token': this.state.getSnapshot().boot?.userToken ?? '',
      }),
      onUnauthenticated: () =>
        this.renew().then(
          () => true,
          () => false,
        ),
    });
  }

  private bootRest(): RestClient {
    return createRestClient({
      url: this.url,
      headers: () => ({ 'x-plugin-key': this.options.pluginKey, 'x-parent-origin': this.parentOrigin }),
    });
  }

  private get isAnonymous(): boolean {
    return memberIdOf(this.options) === undefined;
  }

  private key(name: string): string {
    return `fast-light-chat:${this.options.pluginKey}:${name}`;
  }
}

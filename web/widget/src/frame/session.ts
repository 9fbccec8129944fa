import {
  ChatError,
  createRestClient,
  toChatError,
  type BootRequest,
  type BootView,
  type RestClient,
  type SocketAuth,
  type UserView,
  type WidgetSettings,
} from '@fast-light-chat/sdk';
import { chooseLanguage } from '../protocol/language.js';
import type {
  Appearance,
  Arrival,
  FrameBootOptions,
  Language,
  PageInfo,
  UserChange,
  WantedChat,
} from '../protocol/messages.js';
import { withoutFaults } from './forgiving.js';
import { Observable } from './observable.js';
import type { SafeStorage } from './storage.js';

const PAGE_PACE_MS = 3_000;
const STALE_AFTER_MS = 5 * 60_000;
const LONGEST_ADDRESS = 2_000;
const LONGEST_TITLE = 300;

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

interface StoredVisitor {
  token: string;
  userId: string;
}

/** The token is no good any more; the server answers that with somebody new, who would see an empty chat. */
export function visitorLost(): ChatError {
  return new ChatError({ code: 'client.visitor_lost', message: 'This visitor is no longer known.' });
}

/**
 * Who is in front of the widget. Only an anonymous visitor is kept: a member's token would let the next person on
 * the same computer be that member without the page saying so.
 */
export class Session {
  readonly state: Observable<SessionState>;
  /** As the visitor. */
  readonly rest: RestClient;
  private visitorToken: string | undefined;
  private userId: string | undefined;
  private renewing: Promise<void> | null = null;
  private askedAt = Infinity;
  private page: PageInfo | undefined;
  private pageTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly options: FrameBootOptions,
    private readonly parentOrigin: string,
    readonly storage: SafeStorage,
    private readonly url: string = location.origin,
    private readonly arrival: Arrival | null = null,
  ) {
    const stored = this.storedVisitor();
    this.visitorToken = arrival?.visitorToken ?? stored?.token;
    if (arrival && !arrival.visitorToken) this.userId = stored?.userId;
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

  rememberTalk(): void {
    this.storage.setItem(this.key('talked'), '1');
  }

  async boot(): Promise<void> {
    this.state.change({ phase: 'booting', error: null });
    try {
      const boot = await this.introduce(this.introduction());
      this.state.change({ phase: 'ready', boot });
    } catch (error) {
      this.state.change({ phase: 'failed', error: toChatError(error) });
    }
  }

  /** Pages that know no member, or nothing about them, often say so with null or an empty text. */
  private introduction(): BootRequest {
    const { memberHash, memberToken, profile, page, tags } = this.options;
    return {
      ...(!this.isAnonymous && {
        memberId: this.memberId,
        memberHash: memberHash || undefined,
        memberToken: memberToken || undefined,
      }),
      profile: profile ? ourNames(profile) : undefined,
      page: page && ourPage(page),
      tags: tags ?? undefined,
    };
  }

  private async introduce(request: BootRequest): Promise<BootView> {
    try {
      return await this.ask(request);
    } catch (error) {
      const rest = withoutFaults(request, error);
      if (!rest) throw error;
      return this.introduce(rest);
    }
  }

  /** Proofs of identity are short-lived; the visitor token of the first boot stands for them here. */
  async auth(reason: 'connect' | 'expired'): Promise<SocketAuth> {
    if (reason === 'expired') await this.renew();
    const { boot } = this.state.getSnapshot();
    return { pluginKey: this.options.pluginKey, userToken: boot?.userToken ?? '' };
  }

  /** Waits for the boot: the page may ask before it. */
  async changeUser({ profileOnce, profile, language, ...change }: OwnChange): Promise<UserView> {
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
    await this.rest.request('POST', '/v1/users/me/events', { body: { name, properties } });
  }

  settingsChanged(settings: WidgetSettings): void {
    const { boot } = this.state.getSnapshot();
    if (boot) this.state.change({ boot: { ...boot, environment: { ...boot.environment, settings } } });
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
    if (this.isStandalone && !this.visitorToken) throw visitorLost();
    const { language } = this.state.getSnapshot();
    const body: BootRequest = { ...request, language, visitorToken: this.visitorToken };
    const boot = await this.bootRest().request<BootView>('POST', '/v1/widget/boot', { body });
    if (this.userId !== undefined && this.userId !== boot.user.id) throw visitorLost();
    this.userId = boot.user.id;
    this.visitorToken = boot.visitorToken;
    this.askedAt = Date.now();
    this.remember(boot);
    return boot;
  }

  /** The visitor who became a member is no longer anybody's for the taking. */
  private remember({ visitorToken, user }: BootView): void {
    const key = this.key('visitor');
    if (this.isAnonymous) {
      const visitor: StoredVisitor = { token: visitorToken, userId: user.id };
      this.storage.setItem(key, JSON.stringify(visitor));
    } else if (this.storedVisitor()?.userId === user.id) this.storage.removeItem(key);
  }

  private storedVisitor(): StoredVisitor | null {
    try {
      return JSON.parse(this.storage.getItem(this.key('visitor')) ?? 'null') as StoredVisitor | null;
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

  /** Pages write null, nothing or a number for the member who is not there or has no other name. */
  private get memberId(): string | undefined {
    const { memberId } = this.options;
    return memberId ? String(memberId) : undefined;
  }

  private get isAnonymous(): boolean {
    return this.memberId === undefined;
  }

  private key(name: string): string {
    return `fast-light-chat:${this.options.pluginKey}:${name}`;
  }
}

/** Channel Talk's name for a phone number, which some pages have as a number. */
function ourNames({ mobileNumber, ...profile }: Record<string, unknown>): BootRequest['profile'] {
  const phone = typeof mobileNumber === 'number' ? String(mobileNumber) : mobileNumber;
  return { ...(phone !== undefined && { phone }), ...profile } as BootRequest['profile'];
}

/** As much of it as the server takes; nothing of a page that has no address on the web, as in some web views. */
function ourPage({ url, title }: PageInfo): PageInfo | undefined {
  if (!/^https?:/.test(url)) return undefined;
  const address = url.length > LONGEST_ADDRESS ? url.replace(/[?#].*/s, '') : url;
  return { url: address.slice(0, LONGEST_ADDRESS), title: title.slice(0, LONGEST_TITLE) };
}

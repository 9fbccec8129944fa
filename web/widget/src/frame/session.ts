import {
  createRestClient,
  toChatError,
  type BootRequest,
  type BootView,
  type ChatError,
  type SocketAuth,
} from '@fast-light-chat/sdk';
import { chooseLanguage } from '../protocol/language.js';
import type { FrameBootOptions, Language } from '../protocol/messages.js';
import { Observable } from './observable.js';
import type { ReturnLink } from './return-link.js';
import type { SafeStorage } from './storage.js';

export interface SessionState {
  phase: 'booting' | 'ready' | 'failed';
  language: Language;
  isOpen: boolean;
  takesFocus: boolean;
  boot: BootView | null;
  error: ChatError | null;
}

interface StoredVisitor {
  token: string;
  userId: string;
}

/**
 * Who is in front of the widget. Only an anonymous visitor is kept: a member's token would let the next person on
 * the same computer be that member without the page saying so.
 */
export class Session {
  readonly state: Observable<SessionState>;
  private visitorToken: string | undefined;
  private renewing: Promise<void> | null = null;

  constructor(
    readonly options: FrameBootOptions,
    private readonly parentOrigin: string,
    readonly storage: SafeStorage,
    private readonly url: string = location.origin,
    private readonly returnLink: ReturnLink | null = null,
  ) {
    this.visitorToken = returnLink?.visitorToken ?? this.storedVisitor()?.token;
    const language = chooseLanguage(options.language, navigator.languages);
    this.state = new Observable<SessionState>({
      phase: 'booting',
      language,
      isOpen: false,
      takesFocus: false,
      boot: null,
      error: null,
    });
  }

  /** Where the visitor wants to go back to; from a mail. */
  get returnsTo(): string | undefined {
    return this.returnLink?.conversationId;
  }

  /** A page of its own: there is nothing that it could be closed into. */
  get isStandalone(): boolean {
    return this.returnLink !== null;
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
      const { memberId, memberHash, memberToken, profile } = this.options;
      const boot = await this.ask({ memberId, memberHash, memberToken, profile });
      this.state.change({ phase: 'ready', boot });
    } catch (error) {
      this.state.change({ phase: 'failed', error: toChatError(error) });
    }
  }

  /** Proofs of identity are short-lived; the visitor token of the first boot stands for them here. */
  async auth(reason: 'connect' | 'expired'): Promise<SocketAuth> {
    if (reason === 'expired') await this.renew();
    const { boot } = this.state.getSnapshot();
    return { pluginKey: this.options.pluginKey, userToken: boot?.userToken ?? '' };
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
    const { language } = this.state.getSnapshot();
    const body: BootRequest = { ...request, language, visitorToken: this.visitorToken };
    const boot = await this.rest().request<BootView>('POST', '/v1/widget/boot', { body });
    this.visitorToken = boot.visitorToken;
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

  private rest(): ReturnType<typeof createRestClient> {
    return createRestClient({
      url: this.url,
      headers: () => ({ 'x-plugin-key': this.options.pluginKey, 'x-parent-origin': this.parentOrigin }),
    });
  }

  private get isAnonymous(): boolean {
    return this.options.memberId === undefined;
  }

  private key(name: string): string {
    return `fast-light-chat:${this.options.pluginKey}:${name}`;
  }
}

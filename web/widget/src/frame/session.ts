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
import type { SafeStorage } from './storage.js';

export interface SessionState {
  phase: 'booting' | 'ready' | 'failed';
  language: Language;
  isOpen: boolean;
  takesFocus: boolean;
  boot: BootView | null;
  error: ChatError | null;
}

/**
 * Who is in front of the widget. Only an anonymous visitor's token is kept: a member's would let the next person
 * on the same computer be that member without the page saying so.
 */
export class Session {
  readonly state: Observable<SessionState>;
  private visitorToken: string | null;

  constructor(
    readonly options: FrameBootOptions,
    private readonly parentOrigin: string,
    private readonly storage: SafeStorage,
    private readonly url: string = location.origin,
  ) {
    this.visitorToken = this.isAnonymous ? storage.getItem(this.key('visitor')) : null;
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
    let boot = this.state.getSnapshot().boot;
    if (!boot || reason === 'expired') {
      boot = await this.ask({});
      this.state.change({ boot });
    }
    return { pluginKey: this.options.pluginKey, userToken: boot.userToken };
  }

  storageKey(name: string): string {
    return this.key(`${name}:${this.state.getSnapshot().boot?.user.id ?? ''}`);
  }

  private async ask(request: BootRequest): Promise<BootView> {
    const { language } = this.state.getSnapshot();
    const body: BootRequest = { ...request, language, visitorToken: this.visitorToken ?? undefined };
    const boot = await this.rest().request<BootView>('POST', '/v1/widget/boot', { body });
    this.visitorToken = boot.visitorToken;
    if (this.isAnonymous) this.storage.setItem(this.key('visitor'), boot.visitorToken);
    return boot;
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

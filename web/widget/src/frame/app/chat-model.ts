import {
  createChatClient,
  FileLinks,
  createLocalStorageOutbox,
  createRestClient,
  toChatError,
  type ChatClient,
  type ChatError,
  type ConnectionState,
  type ConversationHandle,
  type ConversationView,
  type MessageDraft,
  type Page,
  type RestClient,
  type WidgetSettings,
} from '@fast-light-chat/sdk';
import { Observable } from '../observable.js';
import type { Session } from '../session.js';
import type { SafeStorage } from '../storage.js';
import {
  toList,
  unreadOf,
  withConversation,
  withMessage,
  withRead,
  type ConversationList,
} from './conversation-list.js';
import { Draft, type DraftPlace } from './draft.js';
import { FirstMessage } from './first-message.js';

/** A message that is read as it arrives must not flash a badge. */
const UNREAD_SETTLES_MS = 150;

/** `id: null`: a conversation that begins with its first message. */
export type Screen = { name: 'loading' } | { name: 'list' } | { name: 'conversation'; id: string | null };

export interface ChatState {
  screen: Screen;
  conversations: ConversationList;
  error: ChatError | null;
  connection: ConnectionState;
  retryAt: number | null;
  settings: WidgetSettings;
  isTeamOnline: boolean;
}

export interface ChatListeners {
  onUnread(unread: number): void;
  onSettings(settings: WidgetSettings): void;
}

/** What the visitor can see and do once booted; the views only show it. */
export class ChatModel {
  readonly state: Observable<ChatState>;
  readonly first: FirstMessage;
  readonly fileLinks: FileLinks;
  private readonly client: ChatClient;
  private readonly rest: RestClient;
  /** By conversation; null: of the one that begins with its first message. */
  private readonly drafts = new Map<string | null, Draft>();
  private hasLoaded = false;
  private unreadTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly session: Session,
    private readonly storage: SafeStorage,
    private readonly listeners: ChatListeners,
    createClient: typeof createChatClient = createChatClient,
  ) {
    const { environment, user } = this.boot;
    this.rest = restOf(session);
    this.fileLinks = new FileLinks(this.rest);
    this.client = createClient({
      url: session.serverUrl,
      auth: (reason) => session.auth(reason),
      self: { type: 'user', id: user.id },
      outbox: createLocalStorageOutbox(session.storageKey('outbox'), storage),
    });
    this.state = new Observable<ChatState>({
      screen: { name: 'loading' },
      conversations: [],
      error: null,
      connection: 'idle',
      retryAt: null,
      settings: environment.settings,
      isTeamOnline: environment.online,
    });
    this.first = new FirstMessage(this.client, storage, session.storageKey('first'), (conversation, rest) =>
      this.conversationCreated(conversation, rest),
    );
    this.listen();
  }

  start(): void {
    this.client.connect();
    void this.loadConversations();
  }

  tryNow(): void {
    this.client.connect();
    if (!this.hasLoaded) void this.loadConversations();
  }

  show(screen: Screen): void {
    this.state.change({ screen });
  }

  conversation(id: string): ConversationHandle {
    return this.client.conversation(id);
  }

  /** Kept here, so that files go on arriving while something else is looked at. */
  draft(id: string | null): Draft {
    const draft = this.drafts.get(id) ?? new Draft(this.rest, this.storage, this.draftPlace(id));
    this.drafts.set(id, draft);
    return draft;
  }

  isOwn(sender: { type: string; id: string }): boolean {
    return sender.type === 'user' && sender.id === this.boot.user.id;
  }

  read(conversationId: string, seq: number): void {
    this.client.conversation(conversationId).markRead(seq);
    this.setList(withRead(this.list, conversationId, seq));
  }

  private draftPlace(id: string | null): DraftPlace {
    return {
      storageKey: this.session.storageKey(`draft:${id ?? 'new'}`),
      deliver: (content, attachments) =>
        this.send(id, { content, ...(attachments.length > 0 && { attachments }) }),
    };
  }

  private send(id: string | null, draft: MessageDraft): void {
    if (id !== null) return void this.client.conversation(id).send(draft);
    // At once: after a reload the message must leave without the widget being opened.
    this.session.rememberTalk();
    this.first.send(draft);
  }

  private get boot(): NonNullable<ReturnType<Session['state']['getSnapshot']>['boot']> {
    const { boot } = this.session.state.getSnapshot();
    if (!boot) throw new Error('The chat starts after the boot.');
    return boot;
  }

  private get list(): ConversationList {
    return this.state.getSnapshot().conversations;
  }

  private setList(conversations: ConversationList): void {
    this.state.change({ conversations });
    this.unreadTimer ??= setTimeout(() => this.tellUnread(), UNREAD_SETTLES_MS);
  }

  private tellUnread(): void {
    this.unreadTimer = undefined;
    if (this.hasLoaded) this.listeners.onUnread(Math.min(100, unreadOf(this.list)));
  }

  private listen(): void {
    const self = { type: 'user', id: this.boot.user.id } as const;
    this.session.state.subscribe(() => this.state.change({ isTeamOnline: this.boot.environment.online }));
    this.client.on('state', (connection) => this.connectionChanged(connection));
    this.client.on('message:created', ({ message }) => this.setList(withMessage(this.list, message, self)));
    this.client.on('conversation:created', ({ conversation }) => this.learn(conversation));
    this.client.on('conversation:updated', ({ conversation }) => this.learn(conversation));
    this.client.on('conversation:read', ({ conversationId, reader, readSeq }) => {
      if (this.isOwn(reader)) this.setList(withRead(this.list, conversationId, readSeq));
    });
    this.client.on('conversation:removed', ({ conversationId }) =>
      this.setList(this.list.filter((one) => one.id !== conversationId)),
    );
    this.client.on('environment:updated', ({ settings }) => {
      if (!settings) return;
      this.state.change({ settings });
      this.listeners.onSettings(settings);
    });
  }

  private learn(conversation: ConversationView): void {
    this.session.rememberTalk();
    this.setList(withConversation(this.list, conversation));
  }

  private connectionChanged(connection: ConnectionState): void {
    const wasAway = this.state.getSnapshot().connection === 'reconnecting';
    this.state.change({ connection, retryAt: this.client.retryAt });
    if (connection === 'online' && (wasAway || !this.hasLoaded)) void this.loadConversations();
  }

  private async loadConversations(): Promise<void> {
    try {
      const page = await this.rest.request<Page<ConversationView>>('GET', '/v1/conversations', {
        query: { limit: 30 },
      });
      const isFirst = !this.hasLoaded;
      this.hasLoaded = true;
      this.state.change({ error: null });
      this.setList(toList(page.items));
      if (page.items.length > 0) this.session.rememberTalk();
      if (isFirst) this.show(this.firstScreen(this.list));
    } catch (error) {
      if (!this.hasLoaded) this.state.change({ error: toChatError(error) });
    }
  }

  private firstScreen(list: ConversationList): Screen {
    const hasUnsent = this.first.items.getSnapshot().length > 0;
    const wanted = list.find(({ id }) => id === this.session.returnsTo);
    if (wanted && !hasUnsent) return { name: 'conversation', id: wanted.id };
    const [only, second] = list;
    if (second && !hasUnsent) return { name: 'list' };
    return { name: 'conversation', id: hasUnsent ? null : (only?.id ?? null) };
  }

  private conversationCreated(conversation: ConversationView, rest: MessageDraft[]): void {
    this.learn(conversation);
    for (const draft of rest) this.send(conversation.id, draft);
    this.moveDraft(conversation.id);
    const { screen } = this.state.getSnapshot();
    if (screen.name === 'conversation' && screen.id === null)
      this.show({ name: 'conversation', id: conversation.id });
    else this.first.clear();
  }

  /** What is being written goes on in the conversation that has come to be. */
  private moveDraft(id: string): void {
    const draft = this.drafts.get(null);
    if (!draft) return;
    this.drafts.delete(null);
    this.drafts.set(id, draft);
    draft.moveTo(this.draftPlace(id));
  }
}

function restOf(session: Session): RestClient {
  return createRestClient({
    url: session.serverUrl,
    headers: async (): Promise<Record<string, string>> => {
      const auth = await session.auth('connect');
      return 'pluginKey' in auth ? { 'x-plugin-key': auth.pluginKey, 'x-user-token': auth.userToken } : {};
    },
    onUnauthenticated: () =>
      session.auth('expired').then(
        () => true,
        () => false,
      ),
  });
}

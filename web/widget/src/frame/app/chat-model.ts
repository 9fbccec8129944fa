import {
  createChatClient,
  FileLinks,
  createLocalStorageOutbox,
  toChatError,
  type BootView,
  type ChatClient,
  type ChatError,
  type ConnectionState,
  type ConversationHandle,
  type ConversationView,
  type MessageDraft,
  type MessageView,
  type Page,
  type PersonView,
  type PrincipalRef,
  type UserView,
} from '@fast-light-chat/sdk';
import { Observable } from '../observable.js';
import type { OwnChange, Session } from '../session.js';
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

export type Environment = BootView['environment'];

/** `id: null`: home, where a conversation begins with its first message. */
export type Screen = { name: 'loading' } | { name: 'conversation'; id: string | null };

/** What is shown beside the button while the widget is closed. */
export interface News {
  conversationId: string;
  messageId: string;
  sender: PersonView;
  text: string;
}

export interface ChatState {
  screen: Screen;
  conversations: ConversationList;
  error: ChatError | null;
  connection: ConnectionState;
  retryAt: number | null;
  environment: Environment;
  user: UserView;
  news: News | null;
}

export interface ChatListeners {
  onUnread(unread: number): void;
  onChatCreated(conversationId: string): void;
}

/** What the visitor can see and do once booted; the views only show it. */
export class ChatModel {
  readonly state: Observable<ChatState>;
  readonly first: FirstMessage;
  readonly fileLinks: FileLinks;
  private readonly client: ChatClient;
  private readonly self: PrincipalRef;
  /** By conversation; null: of the one that begins with its first message. */
  private readonly drafts = new Map<string | null, Draft>();
  private hasLoaded = false;
  private unreadTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly session: Session,
    private readonly listeners: ChatListeners,
    createClient: typeof createChatClient = createChatClient,
  ) {
    const { user } = this.boot;
    const { storage } = session;
    this.self = { type: 'user', id: user.id };
    this.fileLinks = new FileLinks(session.rest);
    this.client = createClient({
      url: session.serverUrl,
      auth: (reason) => session.auth(reason),
      self: this.self,
      outbox: createLocalStorageOutbox(session.storageKey('outbox'), storage),
    });
    this.state = new Observable<ChatState>({
      screen: { name: 'loading' },
      conversations: [],
      error: null,
      connection: 'idle',
      retryAt: null,
      environment: this.boot.environment,
      user,
      news: null,
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
    const draft =
      this.drafts.get(id) ?? new Draft(this.session.rest, this.session.storage, this.draftPlace(id));
    this.drafts.set(id, draft);
    return draft;
  }

  isOwn(sender: { type: string; id: string }): boolean {
    return sender.type === this.self.type && sender.id === this.self.id;
  }

  /** Rejects with a ChatError. */
  async changeUser(change: OwnChange): Promise<void> {
    await this.session.changeUser(change);
  }

  async rate(conversationId: string, score: number, comment: string): Promise<void> {
    const body = { score, ...(comment && { comment }) };
    const path = `/v1/conversations/${conversationId}/rating`;
    this.learn(await this.session.rest.request<ConversationView>('PUT', path, { body }));
  }

  /** Questions are asked once, whatever became of them. */
  hasAsked(question: string): boolean {
    return this.session.storage.getItem(this.session.storageKey(question)) !== null;
  }

  rememberAsked(question: string): void {
    this.session.storage.setItem(this.session.storageKey(question), '1');
  }

  /** Not again, also on the next page. */
  dismissNews(): void {
    const { news } = this.state.getSnapshot();
    if (!news) return;
    this.session.storage.setItem(this.session.storageKey('seen'), news.messageId);
    this.state.change({ news: null });
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
    if (!this.hasLoaded) return;
    const unread = unreadOf(this.list);
    // It was read in another tab.
    if (unread === 0) this.state.change({ news: null });
    this.listeners.onUnread(Math.min(100, unread));
  }

  private listen(): void {
    this.session.state.subscribe(() => this.sessionChanged());
    this.client.on('state', (connection) => this.connectionChanged(connection));
    this.client.on('message:created', ({ message }) => this.messageCreated(message));
    this.client.on('conversation:created', ({ conversation }) => this.learn(conversation));
    this.client.on('conversation:updated', ({ conversation }) => this.learn(conversation));
    this.client.on('conversation:read', ({ conversationId, reader, readSeq }) => {
      if (this.isOwn(reader)) this.setList(withRead(this.list, conversationId, readSeq));
    });
    this.client.on('conversation:removed', ({ conversationId }) =>
      this.setList(this.list.filter((one) => one.id !== conversationId)),
    );
    this.client.on('environment:updated', ({ settings }) => {
      if (settings) this.session.settingsChanged(settings);
    });
  }

  private sessionChanged(): void {
    this.state.change({ environment: this.boot.environment, user: this.boot.user });
    if (this.session.state.getSnapshot().isOpen) this.dismissNews();
    this.showWanted();
  }

  /** What the page has asked for. */
  private showWanted(): void {
    const { wanted } = this.session.state.getSnapshot();
    if (!wanted || !this.hasLoaded) return;
    this.session.state.change({ wanted: null });
    if (wanted.message) this.draft(wanted.conversationId).write(wanted.message);
    this.show({ name: 'conversation', id: wanted.conversationId });
  }

  private messageCreated(message: MessageView): void {
    this.setList(withMessage(this.list, message, this.self));
    if (message.type !== 'system') this.announce(message.conversationId, message);
  }

  private announce(
    conversationId: string,
    { id, sender, content }: Pick<MessageView, 'id' | 'sender' | 'content'>,
  ): void {
    const isWanted = !this.session.state.getSnapshot().isOpen && !this.session.options.hidePopup;
    if (!isWanted || this.isOwn(sender)) return;
    if (this.session.storage.getItem(this.session.storageKey('seen')) === id) return;
    this.state.change({ news: { conversationId, messageId: id, sender, text: content } });
  }

  private announceUnread(): void {
    const unread = this.list.find((one) => (one.unread ?? 0) > 0 && one.lastMessage?.content);
    if (!unread?.lastMessage?.content) return;
    this.announce(unread.id, { ...unread.lastMessage, content: unread.lastMessage.content });
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
      const page = await this.session.rest.request<Page<ConversationView>>('GET', '/v1/conversations', {
        query: { limit: 30 },
      });
      const isFirst = !this.hasLoaded;
      this.hasLoaded = true;
      this.state.change({ error: null });
      this.setList(toList(page.items));
      if (page.items.length > 0) this.session.rememberTalk();
      if (!isFirst) return;
      this.show(this.firstScreen(this.list));
      this.announceUnread();
      this.showWanted();
    } catch (error) {
      if (!this.hasLoaded) this.state.change({ error: toChatError(error) });
    }
  }

  private firstScreen(list: ConversationList): Screen {
    const hasUnsent = this.first.items.getSnapshot().length > 0;
    const wanted = list.find(({ id }) => id === this.session.returnsTo);
    if (wanted && !hasUnsent) return { name: 'conversation', id: wanted.id };
    const [only, second] = list;
    return { name: 'conversation', id: hasUnsent || second ? null : (only?.id ?? null) };
  }

  private conversationCreated(conversation: ConversationView, rest: MessageDraft[]): void {
    this.learn(conversation);
    this.listeners.onChatCreated(conversation.id);
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

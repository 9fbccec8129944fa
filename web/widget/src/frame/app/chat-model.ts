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
  type ConversationHead,
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
  isBehind,
  isUncounted,
  toList,
  unreadOf,
  withConversation,
  withMessage,
  withoutConversation,
  withRead,
  type ConversationList,
} from './conversation-list.js';
import { Draft, type DraftPlace } from './draft.js';
import { FirstMessage } from './first-message.js';

/** A message that is read as it arrives must not flash a badge. */
const UNREAD_SETTLES_MS = 150;
const RELOAD_MS = 5_000;

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

type ListChange = (list: ConversationList) => ConversationList;

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
  /** What came in while the list is asked for: the answer may be from before it. */
  private heard: ListChange[] | null = null;
  private mustLoadAgain = false;
  private heads: readonly ConversationHead[] = [];
  /** The newest heads that the list was asked for, so that none asks twice. */
  private readonly askedFor = new Map<string, number>();
  private unreadTimer: ReturnType<typeof setTimeout> | undefined;
  private reloadTimer: ReturnType<typeof setTimeout> | undefined;

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
    void this.loadConversations();
    this.client.connect();
  }

  tryNow(): void {
    if (!this.hasLoaded) void this.loadConversations();
    this.client.connect();
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
    this.changeList((list) => withRead(list, conversationId, seq));
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

  private changeList(change: ListChange): void {
    this.heard?.push(change);
    this.setList(change(this.list));
  }

  private setList(conversations: ConversationList): void {
    this.state.change({ conversations });
    this.unreadTimer ??= setTimeout(() => this.tellUnread(), UNREAD_SETTLES_MS);
  }

  private tellUnread(): void {
    this.unreadTimer = undefined;
    if (!this.hasLoaded) return;
    this.reviewNews();
    this.listeners.onUnread(Math.min(100, unreadOf(this.list)));
  }

  /** It was read in another tab, or who said it has deleted or changed it. */
  private reviewNews(): void {
    const { news } = this.state.getSnapshot();
    const about = this.list.find((one) => one.id === news?.conversationId);
    if (!news || !about) return;
    const { unread, lastMessage } = about;
    const text = lastMessage?.id === news.messageId ? lastMessage.content : news.text;
    if (unread === 0 || text === null) this.state.change({ news: null });
    else if (text !== news.text) this.state.change({ news: { ...news, text } });
  }

  private listen(): void {
    this.session.state.subscribe(() => this.sessionChanged());
    this.client.on('state', (connection) => this.connectionChanged(connection));
    this.client.on('message:created', ({ message }) => this.messageCreated(message));
    this.client.on('conversation:created', ({ conversation }) => this.learn(conversation));
    this.client.on('conversation:updated', ({ conversation }) => this.learn(conversation));
    this.client.on('conversation:read', ({ conversationId, reader, readSeq }) => {
      if (this.isOwn(reader)) this.changeList((list) => withRead(list, conversationId, readSeq));
    });
    this.client.on('conversation:removed', ({ conversationId }) => this.removed(conversationId));
    this.client.on('hello', ({ heads }) => this.headsHeard(heads));
    this.client.on('heads', ({ heads }) => this.headsHeard(heads));
    this.client.on('environment:updated', ({ settings }) => {
      if (settings) this.session.environmentChanged({ settings });
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
    this.changeList((list) => withMessage(list, message, this.self));
    // The boot may have been before they came.
    if (message.sender.type === 'agent' && !this.boot.environment.online)
      this.session.environmentChanged({ online: true });
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
    const mustAsk = isUncounted(this.list, conversation);
    this.changeList((list) => withConversation(list, conversation));
    if (mustAsk) void this.loadConversations();
  }

  private removed(conversationId: string): void {
    this.changeList((list) => withoutConversation(list, conversationId));
    if (this.state.getSnapshot().news?.conversationId === conversationId) this.state.change({ news: null });
  }

  private headsHeard(heads: readonly ConversationHead[]): void {
    this.heads = heads;
    this.askForMissed();
  }

  /** Something was said that this list has not heard of: before the connection stood, or lost on the way. */
  private askForMissed(): void {
    const isMissed = ({ id, headSeq }: ConversationHead): boolean =>
      isBehind(this.list, id, headSeq) && headSeq > (this.askedFor.get(id) ?? 0);
    const missed = this.heads.filter(isMissed);
    if (!this.hasLoaded || missed.length === 0) return;
    for (const { id, headSeq } of missed) this.askedFor.set(id, headSeq);
    void this.loadConversations();
  }

  private connectionChanged(connection: ConnectionState): void {
    const wasAway = this.state.getSnapshot().connection === 'reconnecting';
    this.state.change({ connection, retryAt: this.client.retryAt });
    const isToLoad = wasAway || (!this.hasLoaded && !this.heard);
    if (connection === 'online' && isToLoad) void this.loadConversations();
  }

  /** One at a time. Who comes while it runs needs an answer to a question that is asked after now. */
  private async loadConversations(): Promise<void> {
    this.mustLoadAgain = this.heard !== null;
    if (this.heard) return;
    clearTimeout(this.reloadTimer);
    this.heard = [];
    try {
      const page = await this.session.rest.request<Page<ConversationView>>('GET', '/v1/conversations', {
        query: { limit: 30 },
      });
      this.loaded(this.heard.reduce((list, change) => change(list), toList(page.items)));
    } catch (error) {
      this.notLoaded(toChatError(error));
    }
    this.heard = null;
    if (this.mustLoadAgain) await this.loadConversations();
  }

  private loaded(list: ConversationList): void {
    const isFirst = !this.hasLoaded;
    this.hasLoaded = true;
    this.state.change({ error: null });
    this.setList(list);
    if (list.length > 0) this.session.rememberTalk();
    if (isFirst) this.show(this.firstScreen(list));
    this.announceUnread();
    if (isFirst) this.showWanted();
    this.askForMissed();
  }

  private notLoaded(error: ChatError): void {
    if (!this.hasLoaded) this.state.change({ error });
    if (error.retryable) this.reloadTimer = setTimeout(() => this.reload(), error.retryAfterMs ?? RELOAD_MS);
  }

  /** Without a connection it is left to the next one. */
  private reload(): void {
    if (this.client.state === 'online') void this.loadConversations();
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

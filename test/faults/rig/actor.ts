import { setTimeout as sleep } from 'node:timers/promises';
import type {
  ConversationKind,
  MessageView,
  SendMessageBody,
  SentMessage,
} from '../../../src/contracts/chat.js';
import type { PrincipalRef } from '../../../src/contracts/common.js';
import type { SocketAuth } from '../../../src/contracts/socket.js';
import type {
  CallAnswer,
  CallRequest,
  ChatClient,
  ChatClientOptions,
  ConversationHandle,
  MessageItem,
  Timeline,
} from '../../../web/sdk/src/types.js';
import { disorderOf, type ClientLog, type FinalTimeline } from './history.js';

export interface Role {
  name: string;
  self: PrincipalRef;
  seesNotes: boolean;
  auth: SocketAuth;
}

type ChangeEvent = 'message:edit' | 'message:delete' | 'message:react';

/** Named at run time: the SDK also knows browsers, whose types do not belong in here. */
const SDK = '../../../web/sdk/src/client.js';
const { createChatClient } = (await import(SDK)) as {
  createChatClient(options: ChatClientOptions): ChatClient;
};

/** Clients of the tests are impatient: full jitter of up to 30 s would measure the dice. */
const HASTE = 0.05;
const CHANGE_RETRY_MS = 150;
/** How many of the newest messages are looked through for new ones. */
const JUST_SHOWN = 60;

/** One person with one device, through the SDK as any application would, writing down all that happens. */
export class Actor {
  readonly log: ClientLog;
  private readonly client: ChatClient;
  private readonly handles = new Map<string, ConversationHandle>();
  private readonly kinds = new Map<string, ConversationKind>();
  private readonly judged = new Map<string, readonly unknown[]>();
  /** When each message was first shown here. */
  readonly shownAt = new Map<string, number>();
  readonly ackedAt = new Map<string, number>();
  private readonly absences: { from: number; until: number }[] = [];
  private changing: Promise<void> | null = null;
  private isGone = false;

  constructor(
    readonly role: Role,
    url: string,
  ) {
    const { name, self, seesNotes } = role;
    const nothing = { sends: [], acks: [], changes: [], heard: [], disorders: [], timelines: [], unread: [] };
    this.log = { name, self, seesNotes, ...nothing };
    this.client = createChatClient({
      url,
      self,
      auth: () => Promise.resolve(role.auth),
      random: () => HASTE,
    });
    this.noteAcks();
    for (const event of ['message:created', 'message:updated'] as const) {
      this.client.on(event, ({ message }) => this.noteHeard(event, message));
    }
    this.client.on('state', (state) => this.noteState(state));
    this.client.connect();
  }

  /** Was it there all the while? */
  wasOnline(from: number, until: number): boolean {
    return this.absences.every((absence) => absence.until < from || absence.from > until);
  }

  get isOnline(): boolean {
    return this.client.state === 'online';
  }

  get state(): string {
    return this.client.state;
  }

  get conversationIds(): string[] {
    return [...this.handles.keys()];
  }

  on: ChatClient['on'] = (event, handler) => this.client.on(event, handler);

  open(conversationId: string, kind: ConversationKind = 'support'): void {
    this.kinds.set(conversationId, kind);
    const handle = this.client.conversation(conversationId);
    this.handles.set(conversationId, handle);
    handle.subscribe(() => this.judge(handle));
    handle.open();
  }

  /** Notes are for agents, in support conversations. */
  takesNotesIn(conversationId: string): boolean {
    return this.role.seesNotes && this.kinds.get(conversationId) === 'support';
  }

  timeline(conversationId: string): Timeline {
    return this.handle(conversationId).getSnapshot();
  }

  messages(conversationId: string): MessageView[] {
    return this.timeline(conversationId)
      .items.filter((item): item is MessageItem => item.kind === 'message')
      .map(({ message }) => message);
  }

  pending(conversationId: string): number {
    return this.timeline(conversationId).items.length - this.messages(conversationId).length;
  }

  get isIdle(): boolean {
    return this.changing === null && this.conversationIds.every((id) => this.pending(id) === 0);
  }

  /** For the message of a failure. */
  describe(): string {
    const one = (id: string) => `${id} ${this.timeline(id).status} with ${this.pending(id)} pending`;
    return [...this.conversationIds.map(one), this.isChanging ? 'a change is on its way' : ''].join(', ');
  }

  send(conversationId: string, content: string, isPrivate = false): string {
    const draft = isPrivate ? { content, private: true } : { content };
    const clientMessageId = this.handle(conversationId).send(draft);
    this.log.sends.push({ conversationId, clientMessageId, content });
    return clientMessageId;
  }

  markRead(conversationId: string): void {
    this.handle(conversationId).markRead(this.timeline(conversationId).headSeq);
  }

  /** One at a time, and again until there is a final answer. */
  change(message: MessageView, wanted: WantedChange): void {
    this.changing ??= this.changeUntilAnswered(message, wanted).finally(() => (this.changing = null));
  }

  get isChanging(): boolean {
    return this.changing !== null;
  }

  noteTimelines(): void {
    this.log.timelines = this.conversationIds.map((conversationId): FinalTimeline => ({
      conversationId,
      messages: this.messages(conversationId),
      pending: this.pending(conversationId),
    }));
  }

  leave(): void {
    this.isGone = true;
    this.client.destroy();
  }

  private handle(conversationId: string): ConversationHandle {
    const handle = this.handles.get(conversationId);
    if (!handle) throw new Error(`${this.role.name} has not opened ${conversationId}`);
    return handle;
  }

  private async changeUntilAnswered(message: MessageView, wanted: WantedChange): Promise<void> {
    const { conversationId, id: messageId } = message;
    const [event, fields] = requestOf(wanted);
    while (!this.isGone) {
      try {
        const request = { conversationId, messageId, ...fields } as CallRequest<ChangeEvent>;
        const { message: changed } = await this.client.call(event, request);
        const answer = { conversationId, messageId, rev: changed.rev };
        this.log.changes.push({ ...answer, ...wanted });
        return;
      } catch (error) {
        const { retryable, retryAfterMs } = error as { retryable?: boolean; retryAfterMs?: number };
        if (!retryable) return;
        await sleep(retryAfterMs ?? CHANGE_RETRY_MS);
      }
    }
  }

  /** The SDK keeps acknowledgements to itself, so they are read where they come in. */
  private noteAcks(): void {
    const { client } = this;
    const call = client.call.bind(client);
    client.call = async (event, request) => {
      const answer = await call(event, request);
      if (event === 'message:send')
        this.noteAck(request as SendMessageBody, answer as CallAnswer<'message:send'>);
      return answer;
    };
  }

  private noteAck({ clientMessageId = '' }: SendMessageBody, { message, duplicate }: SentMessage): void {
    const { conversationId, id, seq } = message;
    this.log.acks.push({ conversationId, clientMessageId, id, seq, duplicate });
    this.ackedAt.set(id, Date.now());
  }

  private noteState(state: string): void {
    const absence = this.absences.at(-1);
    const isAway = absence?.until === Infinity;
    if (state === 'online' && isAway) absence.until = Date.now();
    else if (state !== 'online' && !isAway) this.absences.push({ from: Date.now(), until: Infinity });
  }

  private noteShown(messages: readonly MessageView[]): void {
    for (const { id } of messages.slice(-JUST_SHOWN)) {
      if (!this.shownAt.has(id)) this.shownAt.set(id, Date.now());
    }
  }

  private noteHeard(event: 'message:created' | 'message:updated', message: MessageView): void {
    const { conversationId, id: messageId, private: isPrivate } = message;
    this.log.heard.push({ conversationId, messageId, event, isPrivate });
  }

  private judge(handle: ConversationHandle): void {
    const { items } = handle.getSnapshot();
    if (this.judged.get(handle.id) === items) return;
    this.judged.set(handle.id, items);
    const messages = this.messages(handle.id);
    this.noteShown(messages);
    const disorder = disorderOf(messages);
    if (disorder) this.log.disorders.push(`${disorder} in ${handle.id}`);
  }
}

export type WantedChange =
  { kind: 'edit'; content: string } | { kind: 'delete' } | { kind: 'react'; emoji: string; isOn: boolean };

function requestOf(wanted: WantedChange): [ChangeEvent, object] {
  switch (wanted.kind) {
    case 'edit':
      return ['message:edit', { content: wanted.content }];
    case 'delete':
      return ['message:delete', {}];
    case 'react':
      return ['message:react', { emoji: wanted.emoji, on: wanted.isOn }];
  }
}

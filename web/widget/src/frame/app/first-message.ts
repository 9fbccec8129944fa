import {
  createClientId,
  toChatError,
  type AttachmentView,
  type ChatClient,
  type ConversationView,
  type MessageDraft,
  type PendingItem,
} from '@fast-light-chat/sdk';
import { Observable } from '../observable.js';
import type { SafeStorage } from '../storage.js';

const RETRY_MS = 3_000;

type KeptItem = Pick<PendingItem, 'clientMessageId' | 'content' | 'attachments' | 'createdAt'>;

interface Kept {
  clientConversationId: string;
  items: KeptItem[];
}

/** The message that made a conversation. */
interface Begun {
  conversationId: string;
  item: PendingItem;
}

/**
 * What is written before there is a conversation. The first message creates it; both carry ids made here and kept
 * over a reload, so that no retry makes a second conversation or a second message.
 */
export class FirstMessage {
  /** What has not been sent. */
  readonly items = new Observable<readonly PendingItem[]>([]);
  /** For the view, until the conversation itself shows the message. */
  readonly begun = new Observable<Begun | null>(null);
  private clientConversationId = createClientId();
  private isBusy = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly client: ChatClient,
    private readonly storage: SafeStorage,
    private readonly key: string,
    private readonly onCreated: (conversation: ConversationView, rest: MessageDraft[]) => void,
  ) {
    this.restore();
    client.on('state', (state) => {
      if (state === 'online') void this.run();
    });
  }

  send({ content, attachments }: Pick<MessageDraft, 'content' | 'attachments'>): void {
    const clientMessageId = createClientId();
    const createdAt = new Date().toISOString();
    this.put([...this.items.getSnapshot(), itemOf({ clientMessageId, content, attachments, createdAt })]);
    void this.run();
  }

  retry(clientMessageId: string): void {
    this.update(clientMessageId, { state: 'waiting', error: undefined });
    void this.run();
  }

  discard(clientMessageId: string): void {
    this.put(this.items.getSnapshot().filter((item) => item.clientMessageId !== clientMessageId));
  }

  private async run(): Promise<void> {
    const first = this.items.getSnapshot().find(({ state }) => state !== 'failed');
    if (!first || this.isBusy || this.client.state !== 'online') return;
    clearTimeout(this.timer);
    this.isBusy = true;
    this.update(first.clientMessageId, { state: 'sending', error: undefined });
    try {
      const { clientMessageId, content, attachments } = first;
      const message = { clientMessageId, content, ...idsOf(attachments) };
      const request = { clientConversationId: this.clientConversationId, message };
      this.created((await this.client.call('conversation:create', request)).conversation, first);
    } catch (error) {
      this.notCreated(first.clientMessageId, error);
    }
    this.isBusy = false;
  }

  private created(conversation: ConversationView, first: PendingItem): void {
    const rest = this.items.getSnapshot().filter(({ key }) => key !== first.key);
    this.clientConversationId = createClientId();
    this.begun.set({ conversationId: conversation.id, item: { ...first, state: 'sending' } });
    this.put([]);
    this.onCreated(conversation, rest.map(draftOf));
  }

  /** What is refused lets the next one by. */
  private notCreated(clientMessageId: string, caught: unknown): void {
    const error = toChatError(caught);
    this.update(clientMessageId, { state: error.retryable ? 'waiting' : 'failed', error });
    const waitMs = error.retryable ? (error.retryAfterMs ?? RETRY_MS) : 0;
    this.timer = setTimeout(() => void this.run(), waitMs);
  }

  private update(clientMessageId: string, change: Partial<PendingItem>): void {
    this.put(
      this.items
        .getSnapshot()
        .map((item) => (item.clientMessageId === clientMessageId ? { ...item, ...change } : item)),
    );
  }

  private put(items: readonly PendingItem[]): void {
    this.items.set(items);
    if (items.length === 0) return this.storage.removeItem(this.key);
    const kept: Kept = {
      clientConversationId: this.clientConversationId,
      items: items.map(({ clientMessageId, content, attachments, createdAt }) => ({
        clientMessageId,
        content,
        attachments,
        createdAt,
      })),
    };
    this.storage.setItem(this.key, JSON.stringify(kept));
  }

  private restore(): void {
    try {
      const kept = JSON.parse(this.storage.getItem(this.key) ?? 'null') as Kept | null;
      if (!kept) return;
      this.clientConversationId = kept.clientConversationId;
      this.items.set(kept.items.map(itemOf));
    } catch {
      this.storage.removeItem(this.key);
    }
  }
}

function idsOf(attachments: readonly AttachmentView[] = []): { attachmentIds?: string[] } {
  return attachments.length > 0 ? { attachmentIds: attachments.map(({ id }) => id) } : {};
}

function draftOf({ content, attachments }: PendingItem): MessageDraft {
  return attachments ? { content, attachments } : { content };
}

function itemOf(kept: KeptItem): PendingItem {
  return { kind: 'pending', key: kept.clientMessageId, private: false, state: 'waiting', ...kept };
}

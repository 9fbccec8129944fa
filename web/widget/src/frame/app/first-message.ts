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

/**
 * What is written before there is a conversation. The first message creates it; both carry ids made here and kept
 * over a reload, so that no retry makes a second conversation or a second message.
 */
export class FirstMessage {
  readonly items = new Observable<readonly PendingItem[]>([]);
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
    const first = this.items.getSnapshot()[0];
    if (!first || first.state === 'failed' || this.isBusy || this.client.state !== 'online') return;
    clearTimeout(this.timer);
    this.isBusy = true;
    this.update(first.clientMessageId, { state: 'sending', error: undefined });
    try {
      const { clientMessageId, content, attachments } = first;
      const message = { clientMessageId, content, ...idsOf(attachments) };
      const request = { clientConversationId: this.clientConversationId, message };
      this.created((await this.client.call('conversation:create', request)).conversation);
    } catch (error) {
      this.notCreated(first.clientMessageId, error);
    }
    this.isBusy = false;
  }

  private created(conversation: ConversationView): void {
    const rest = this.items.getSnapshot().slice(1).map(draftOf);
    this.storage.removeItem(this.key);
    this.clientConversationId = createClientId();
    this.onCreated(conversation, rest);
  }

  /** For the view, once the conversation itself shows the message. */
  clear(): void {
    this.items.set([]);
  }

  private notCreated(clientMessageId: string, caught: unknown): void {
    const error = toChatError(caught);
    this.update(clientMessageId, { state: error.retryable ? 'waiting' : 'failed', error });
    if (error.retryable) this.timer = setTimeout(() => void this.run(), error.retryAfterMs ?? RETRY_MS);
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

import type { Line } from '../line.js';
import type { ClientToServerEvents, PrincipalRef } from '../wire.js';
import { Holders } from './holders.js';

/** As many as the server lets one connection watch. */
const MOST_WATCHED = 100;

interface ConversationRef {
  conversationId: string;
}

type Viewing = ConversationRef & { viewing: boolean };

/** Asks in the name of several tabs, and keeps apart by tab what the server keeps by connection. */
export class SharedCalls {
  private readonly openers = new Holders();
  private readonly viewers = new Holders();
  private readonly watched = new Map<string, PrincipalRef[]>();

  constructor(
    private readonly line: Pick<Line, 'call'>,
    /** A user's own conversations stay open whoever looks. */
    private readonly closesUnseen: boolean,
  ) {}

  call(tab: string, event: string, request: unknown): Promise<unknown> {
    switch (event as keyof ClientToServerEvents) {
      case 'conversation:open':
        return this.open(tab, request as ConversationRef);
      case 'conversation:close':
        return this.close(tab, request as ConversationRef);
      case 'viewing:set':
        return this.view(tab, request as Viewing);
      case 'presence:watch':
        return this.watch(tab, (request as { principals: PrincipalRef[] }).principals);
      default:
        return this.ask(event, request);
    }
  }

  /** A new connection knows nothing; each tab says anew what it looks at. */
  reset(): void {
    this.openers.clear();
    this.viewers.clear();
    this.watched.clear();
  }

  /** The tab is gone. */
  forget(tab: string): void {
    if (this.watched.delete(tab)) this.tryTo('presence:watch', { principals: this.allWatched() });
    for (const conversationId of this.viewers.forget(tab)) {
      this.tryTo('viewing:set', { conversationId, viewing: false });
    }
    for (const conversationId of this.openers.forget(tab)) {
      if (this.closesUnseen) this.tryTo('conversation:close', { conversationId });
    }
  }

  private async open(tab: string, request: ConversationRef): Promise<unknown> {
    this.openers.add(tab, request.conversationId);
    try {
      return await this.ask('conversation:open', request);
    } catch (error) {
      this.openers.remove(tab, request.conversationId);
      throw error;
    }
  }

  private close(tab: string, request: ConversationRef): Promise<unknown> {
    const isHeld = this.openers.remove(tab, request.conversationId);
    return isHeld ? Promise.resolve({}) : this.ask('conversation:close', request);
  }

  private view(tab: string, request: Viewing): Promise<unknown> {
    if (request.viewing) this.viewers.add(tab, request.conversationId);
    else if (this.viewers.remove(tab, request.conversationId)) return Promise.resolve({});
    return this.ask('viewing:set', request);
  }

  private watch(tab: string, principals: PrincipalRef[]): Promise<unknown> {
    // Deleted first: the tab that asked last is the last to be cut off.
    this.watched.delete(tab);
    this.watched.set(tab, principals);
    return this.ask('presence:watch', { principals: this.allWatched() });
  }

  private allWatched(): PrincipalRef[] {
    const lists = [...this.watched.values()].reverse();
    const byKey = new Map(lists.flat().map((one) => [`${one.type}:${one.id}`, one]));
    return [...byKey.values()].slice(0, Math.max(MOST_WATCHED, lists[0]?.length ?? 0));
  }

  private tryTo(event: string, request: unknown): void {
    this.ask(event, request).catch(() => undefined);
  }

  private ask(event: string, request: unknown): Promise<unknown> {
    return this.line.call(event as 'ping', request as Record<string, never>);
  }
}

import type { MessageView } from '../../../src/contracts/chat.js';
import type { Actor, WantedChange } from './actor.js';
import { keyOf } from './history.js';
import { pick } from './waiting.js';

export interface Pace {
  /** By each actor. */
  everyMs: number;
  random: () => number;
}

/** A person waits when what they wrote does not leave; a test that does not would drown the recovery in its queue. */
const MOST_PENDING = 15;
const EMOJIS = ['👍', '❤️', '🎉'];

/** Everybody says numbered things, reads, and now and then changes what was said, until it is stopped. */
export class Workload {
  private readonly timers: NodeJS.Timeout[] = [];
  private count = 0;

  constructor(
    private readonly actors: readonly Actor[],
    private readonly pace: Pace,
  ) {}

  start(): void {
    for (const actor of this.actors) {
      const everyMs = this.pace.everyMs * (0.8 + this.pace.random() * 0.4);
      this.timers.push(setInterval(() => this.act(actor), everyMs));
    }
  }

  stop(): void {
    for (const timer of this.timers) clearInterval(timer);
  }

  private act(actor: Actor): void {
    const { random } = this.pace;
    const conversationId = pick(actor.conversationIds, random);
    const dice = random();
    if (dice < 0.1) actor.markRead(conversationId);
    else if (dice < 0.3) this.change(actor, conversationId);
    else this.say(actor, conversationId);
  }

  private say(actor: Actor, conversationId: string): void {
    if (actor.pending(conversationId) >= MOST_PENDING) return;
    const isNote = actor.takesNotesIn(conversationId) && this.pace.random() < 0.2;
    actor.send(conversationId, `${actor.role.name} says ${++this.count}`, isNote);
  }

  private change(actor: Actor, conversationId: string): void {
    const { random } = this.pace;
    const changeable = actor
      .messages(conversationId)
      .filter(({ type, deletedAt }) => type === 'text' && !deletedAt);
    if (actor.isChanging || changeable.length === 0) return;
    const message = pick(changeable.slice(-20), random);
    actor.change(message, this.wish(actor, message));
  }

  private wish(actor: Actor, message: MessageView): WantedChange {
    const { random } = this.pace;
    const isOwn = keyOf(message.sender) === keyOf(actor.role.self);
    if (isOwn && random() < 0.2) return { kind: 'delete' };
    if (isOwn && random() < 0.7)
      return { kind: 'edit', content: `${message.content} (edit ${++this.count})` };
    return { kind: 'react', emoji: pick(EMOJIS, random), isOn: random() < 0.7 };
  }
}

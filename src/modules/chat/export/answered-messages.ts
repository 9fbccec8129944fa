import { LRUCache } from 'lru-cache';
import { previewOf, type Message } from '../message.js';
import type { AnsweredMessage } from './export-format.js';
import { spokenBy, type ExportWords } from './export-words.js';

/** Mostly what was said a little before is answered: of so many the reader remembers the first words. */
const REMEMBERED = 2_000;

/** During one reading from the first message to the last: what each of them answers. */
export class AnsweredMessages {
  private readonly known = new LRUCache<string, AnsweredMessage>({ max: REMEMBERED });

  /** @param find answers null also for what the reader may not see */
  constructor(
    private readonly find: (messageId: string) => Promise<Message | null>,
    private readonly words: ExportWords,
  ) {}

  /** Null for what answers none, or one that is not there for this reader. */
  ofAll(page: readonly Message[]): Promise<(AnsweredMessage | null)[]> {
    for (const message of page) this.remember(message);
    return Promise.all(page.map((message) => this.of(message)));
  }

  private async of({ replyToId, threadRootId }: Message): Promise<AnsweredMessage | null> {
    const id = replyToId ?? threadRootId;
    if (id === null) return null;
    const known = this.known.get(id);
    if (known) return known;
    const found = await this.find(id);
    return found && this.remember(found);
  }

  private remember(message: Message): AnsweredMessage {
    const { id, seq, sender, deletedAt } = message;
    const name = sender.type === 'system' ? this.words.people.system : sender.name;
    const answered = { id, seq, name, text: deletedAt ? null : previewOf(spokenBy(message, this.words)) };
    this.known.set(id, answered);
    return answered;
  }
}

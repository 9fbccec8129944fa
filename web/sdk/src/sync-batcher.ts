import { ChatError, endedError } from './chat-error.js';
import { Pace } from './pace.js';
import type { CallAnswer } from './types.js';
import type { SyncedConversation, SyncPoint } from './wire.js';

const MOST_AT_ONCE = 50;

interface Question {
  point: SyncPoint;
  resolve: (synced: SyncedConversation) => void;
  reject: (error: unknown) => void;
}

type Ask = (points: SyncPoint[]) => Promise<CallAnswer<'conversation:sync'>>;

/** After a reconnect every open conversation asks at the same moment; they share the requests. */
export class SyncBatcher {
  private waiting: Question[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly pace = new Pace();

  constructor(
    private readonly ask: Ask,
    private readonly onEpoch: (epoch: string) => void,
  ) {}

  sync(point: SyncPoint): Promise<SyncedConversation> {
    return new Promise((resolve, reject) => {
      if (this.waiting.length === 0) {
        this.timer = setTimeout(() => this.flush(), this.pace.takeIn());
      }
      this.waiting.push({ point, resolve, reject });
    });
  }

  stop(): void {
    clearTimeout(this.timer);
    for (const question of this.waiting.splice(0)) question.reject(endedError());
  }

  private flush(): void {
    const questions = this.waiting;
    this.waiting = [];
    for (let start = 0; start < questions.length; start += MOST_AT_ONCE) {
      void this.send(questions.slice(start, start + MOST_AT_ONCE));
    }
  }

  private async send(questions: Question[]): Promise<void> {
    try {
      const answer = await this.ask(questions.map((question) => question.point));
      const byId = new Map(answer.conversations.map((one) => [one.id, one]));
      for (const { point, resolve, reject } of questions) {
        const synced = byId.get(point.id);
        if (synced) resolve(synced);
        else reject(new ChatError({ code: 'client.unexpected_answer' }));
      }
      this.onEpoch(answer.epoch);
    } catch (error) {
      for (const question of questions) question.reject(error);
    }
  }
}

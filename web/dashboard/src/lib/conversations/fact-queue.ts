import type { ConversationFact } from './conversation-list';

/** Fast enough to be seen as live, and slow enough that a burst draws a long list a few times only. */
const PAUSE_MS = 100;

/** The first fact takes effect at once; what comes right after it comes together. */
export function createFactQueue(apply: (facts: ConversationFact[]) => void) {
  let waiting: ConversationFact[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    if (waiting.length === 0) return;
    const facts = waiting;
    waiting = [];
    timer = setTimeout(flush, PAUSE_MS);
    apply(facts);
  };
  return {
    add: (fact: ConversationFact) => {
      waiting.push(fact);
      if (timer === undefined) flush();
    },
    stop: () => clearTimeout(timer),
  };
}

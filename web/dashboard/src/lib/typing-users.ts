import { create } from 'zustand';

/** As long as the server says that it is to be believed; repeated while it goes on. */
const LIFE_MS = 6_000;

const useTypingStore = create<{ ids: ReadonlySet<string> }>(() => ({ ids: new Set() }));
const timers = new Map<string, ReturnType<typeof setTimeout>>();

/** The conversations in which a user types now, for lists that have none of them open. */
export function noteTyping(conversationIds: readonly string[]): void {
  for (const id of conversationIds) {
    clearTimeout(timers.get(id));
    timers.set(
      id,
      setTimeout(() => endTyping(id), LIFE_MS),
    );
  }
  show();
}

export function endTyping(conversationId: string): void {
  if (!timers.has(conversationId)) return;
  clearTimeout(timers.get(conversationId));
  timers.delete(conversationId);
  show();
}

export function useIsUserTyping(conversationId: string): boolean {
  return useTypingStore(({ ids }) => ids.has(conversationId));
}

function show(): void {
  useTypingStore.setState({ ids: new Set(timers.keys()) });
}

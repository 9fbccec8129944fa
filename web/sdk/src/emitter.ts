import type { ClientEvents } from './types.js';

type AnyHandler = (...args: unknown[]) => void;

/** Typed by the event map; a handler that throws does not keep the others from hearing. */
export class Emitter {
  private readonly handlers = new Map<string, Set<AnyHandler>>();

  on<E extends keyof ClientEvents>(event: E, handler: ClientEvents[E]): () => void {
    const set = this.handlers.get(event) ?? new Set<AnyHandler>();
    this.handlers.set(event, set.add(handler as AnyHandler));
    return () => set.delete(handler as AnyHandler);
  }

  emit(event: string, ...args: unknown[]): void {
    for (const handler of [...(this.handlers.get(event) ?? [])]) {
      try {
        handler(...args);
      } catch (error) {
        console.error(error);
      }
    }
  }

  clear(): void {
    this.handlers.clear();
  }
}

/** The package's one door. */
import { offlineError } from './chat-error.js';
import { EMPTY_TIMELINE } from './timeline.js';
import type { ChatClient, ChatClientOptions } from './types.js';

export { ChatError, toChatError } from './chat-error.js';
export { createLocalStorageOutbox, createMemoryOutbox } from './outbox.js';
export { createRestClient } from './rest-client.js';
export type { RestClient, RestClientOptions, RestRequest } from './rest-client.js';
export type * from './types.js';
export type * from './wire.js';

export function createChatClient(_options: ChatClientOptions): ChatClient {
  return {
    state: 'idle',
    retryAt: null,
    connect: () => undefined,
    destroy: () => undefined,
    on: () => () => undefined,
    call: () => Promise.reject(offlineError()),
    conversation: (id) => ({
      id,
      open: () => () => undefined,
      subscribe: () => () => undefined,
      getSnapshot: () => EMPTY_TIMELINE,
      send: () => '',
      retry: () => undefined,
      discard: () => undefined,
      loadOlder: () => Promise.resolve(),
      markRead: () => undefined,
      setTyping: () => undefined,
    }),
  };
}

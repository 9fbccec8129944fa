/** The package's one door. */
import { FastLightChatClient } from './chat-client.js';
import type { ChatClient, ChatClientOptions } from './types.js';

export { ChatError, toChatError } from './chat-error.js';
export { createClientId } from './client-id.js';
export { createLocalStorageOutbox, createMemoryOutbox } from './outbox.js';
export { createRestClient } from './rest-client.js';
export type { RestClient, RestClientOptions, RestRequest } from './rest-client.js';
export { createTimelineState, hasGap, reduceTimeline, toTimeline } from './timeline.js';
export type { TimelineFact, TimelineState } from './timeline.js';
export type * from './types.js';
export type * from './wire.js';

/** Nothing is sent before `connect()`. */
export function createChatClient(options: ChatClientOptions): ChatClient {
  return new FastLightChatClient(options);
}

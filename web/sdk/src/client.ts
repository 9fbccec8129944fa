/** The package's one door. */
import { FastLightChatClient } from './chat-client.js';
import type { ChatClient, ChatClientOptions } from './types.js';

export { ChatError, toChatError } from './chat-error.js';
export { createClientId } from './client-id.js';
export { FileLinks } from './file-links.js';
export { FileUploads, MOST_FILES, type KeptUpload, type Upload } from './file-uploads.js';
export type { UploadOptions } from './form-post.js';
export { createLocalStorageOutbox, createMemoryOutbox } from './outbox.js';
export { createRestClient } from './rest-client.js';
export type { RestClient, RestClientOptions, RestRequest } from './rest-client.js';
export { createSharedChatClient } from './shared-client.js';
export type { SharedChatClientOptions } from './shared-client.js';
export { runExclusively } from './tabs/exclusively.js';
export { createSharedOutbox } from './tabs/shared-outbox.js';
export { createTimelineState, hasGap } from './timeline-state.js';
export type { AskedFrom, HeardFact, TimelineFact, TimelineState } from './timeline-state.js';
export { reduceTimeline } from './timeline.js';
export { toTimeline } from './timeline-view.js';
export type * from './types.js';
export type * from './wire.js';

/** Nothing is sent before `connect()`. */
export function createChatClient(options: ChatClientOptions): ChatClient {
  return new FastLightChatClient(options);
}

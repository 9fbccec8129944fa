import { FastLightChatClient } from './chat-client.js';
import { openSharedLine } from './tabs/shared-line.js';
import type { ChatClient, ChatClientOptions, SelfRef } from './types.js';

export interface SharedChatClientOptions extends ChatClientOptions {
  /** Tabs of the same person at the same server share; so it must be known beforehand who that is. */
  self: SelfRef;
}

/**
 * As `createChatClient`, with one socket for all tabs of this person in this browser: one tab holds it, and when that
 * tab goes the next takes over, with a synchronization as after any reconnect. Only tabs of the same origin share, and
 * credentials stay in their tab. Without Web Locks (pages over plain http) each tab has a socket of its own.
 */
export function createSharedChatClient(options: SharedChatClientOptions): ChatClient {
  return new FastLightChatClient(options, openSharedLine(options.self));
}

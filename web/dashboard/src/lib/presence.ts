import { ChatError, type ChatClient } from '@fast-light-chat/sdk';
import { useEffect } from 'react';
import { create } from 'zustand';
import { useChatClient } from '@fast-light-chat/sdk/react';
import type { PrincipalRef } from './wire';
import type { PresenceState } from '../../../../src/contracts/socket.js';

export type { PresenceState };

const usePresenceStore = create<{ states: Record<string, PresenceState> }>(() => ({ states: {} }));

export function rememberPresence(state: PresenceState): void {
  const key = keyOf(state.principal);
  usePresenceStore.setState(({ states }) => ({ states: { ...states, [key]: state } }));
}

const keyOf = (principal: PrincipalRef) => `${principal.type}:${principal.id}`;

/** How many components look at each principal. The server is told of all of them together. */
const watched = new Map<string, { principal: PrincipalRef; count: number }>();
let timer: ReturnType<typeof setTimeout> | undefined;

/** Long enough to gather what one screen mounts, and the unmounting of the one before. */
const GATHER_MS = 50;
const ASK_AGAIN_MS = 5_000;
/** As many as the server lets one connection watch: of more, those who came into view last. */
const MOST_WATCHED = 100;

function announceSoon(client: ChatClient, delayMs = GATHER_MS): void {
  clearTimeout(timer);
  timer = setTimeout(() => announceWatched(client), delayMs);
}

/** Also after a reconnect, since the server keeps the list with the connection. */
export function announceWatched(client: ChatClient): void {
  const principals = [...watched.values()].slice(-MOST_WATCHED).map((entry) => entry.principal);
  if (client.state !== 'online' || principals.length === 0) return;
  client.call('presence:watch', { principals }).then(
    ({ states }) => states.forEach(rememberPresence),
    // Presence is a courtesy: unknown is shown as nothing, and a server that is busy is asked again later.
    (error: unknown) => {
      if (error instanceof ChatError && error.retryable) announceSoon(client, ASK_AGAIN_MS);
    },
  );
}

function watch(client: ChatClient, principal: PrincipalRef): () => void {
  const key = keyOf(principal);
  const entry = watched.get(key) ?? { principal, count: 0 };
  watched.set(key, { principal, count: entry.count + 1 });
  announceSoon(client);
  return () => unwatch(client, key);
}

function unwatch(client: ChatClient, key: string): void {
  const entry = watched.get(key);
  if (!entry) return;
  if (entry.count > 1) watched.set(key, { ...entry, count: entry.count - 1 });
  else watched.delete(key);
  announceSoon(client);
}

/** Live presence of one principal while the component is mounted; `undefined` until it is known. */
export function usePresence(type: PrincipalRef['type'], id: string | undefined): PresenceState | undefined {
  const client = useChatClient();
  useEffect(() => (id ? watch(client, { type, id }) : undefined), [client, type, id]);
  return usePresenceStore((store) => (id ? store.states[`${type}:${id}`] : undefined));
}

/** For React 18 and later. */
import {
  createContext,
  createElement,
  useCallback,
  useContext,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactElement,
  type ReactNode,
} from 'react';
import type { ChatError } from './chat-error.js';
import type { ChatClient, ClientEvents, ConnectionState, ConversationHandle, Timeline } from './types.js';

const ChatContext = createContext<ChatClient | null>(null);

export interface ChatProviderProps {
  /**
   * Makes the client, which is connected while this is mounted and destroyed with it; null while nobody is signed in.
   * It must stay the same function between renders: another one makes another client.
   */
  createClient: () => ChatClient | null;
  children?: ReactNode;
}

/** Holds one client for all below. Its children are rendered once there is one. */
export function ChatProvider({ createClient, children }: ChatProviderProps): ReactElement | null {
  const [client, setClient] = useState<ChatClient | null>(null);
  useEffect(() => {
    const made = createClient();
    if (!made) return undefined;
    made.connect();
    setClient(made);
    return () => {
      made.destroy();
      setClient(null);
    };
  }, [createClient]);
  return client && createElement(ChatContext.Provider, { value: client }, children);
}

/** The client of the ChatProvider above. Throws without one. */
export function useChatClient(): ChatClient {
  const client = useContext(ChatContext);
  if (!client) throw new Error('There is no chat client: this component belongs below a ChatProvider.');
  return client;
}

export interface ConnectionView {
  state: ConnectionState;
  /** When the next attempt is made (epoch milliseconds); null when none is waited for. */
  retryAt: number | null;
  /** Why the last attempt failed, or the client ended; null while all is well. */
  error: ChatError | null;
}

/** How the connection is. `useChatClient().connect()` makes the next attempt now. */
export function useConnection(): ConnectionView {
  const client = useChatClient();
  const subscribe = useCallback((listener: () => void) => client.on('state', listener), [client]);
  const state = useSyncExternalStore(subscribe, () => client.state);
  const retryAt = useSyncExternalStore(subscribe, () => client.retryAt);
  const error = useSyncExternalStore(subscribe, () => client.error);
  return { state, retryAt, error };
}

export interface TimelineView {
  /** To send, react, mark as read and load more. */
  handle: ConversationHandle;
  timeline: Timeline;
}

/** A conversation, joined and kept true to the server while the component is mounted. */
export function useTimeline(conversationId: string): TimelineView {
  const handle = useChatClient().conversation(conversationId);
  useEffect(() => handle.open(), [handle]);
  const subscribe = useCallback((listener: () => void) => handle.subscribe(listener), [handle]);
  const getSnapshot = useCallback(() => handle.getSnapshot(), [handle]);
  return { handle, timeline: useSyncExternalStore(subscribe, getSnapshot) };
}

/** Calls the handler of the last render with every fact of this kind. */
export function useChatEvent<E extends keyof ClientEvents>(event: E, handler: ClientEvents[E]): void {
  const client = useChatClient();
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => {
    const forward = (fact: unknown): void => (latest.current as (fact: unknown) => void)(fact);
    return client.on(event, forward);
  }, [client, event]);
}

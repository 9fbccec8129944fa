import { createSharedChatClient, createSharedOutbox } from '@fast-light-chat/sdk';
import type { ChatClient, ConnectionState } from '@fast-light-chat/sdk';
import { createContext, useContext, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { accessToken, currentSession, renew, useSessionStore } from './session';
import type { AgentView } from './wire';

const RealtimeContext = createContext<ChatClient | null>(null);

export type CreateRealtimeClient = (agent: AgentView) => ChatClient;

const connectAsAgent: CreateRealtimeClient = (agent) =>
  createSharedChatClient({
    url: window.location.origin,
    self: { type: 'agent', id: agent.id, name: agent.name },
    outbox: createSharedOutbox(`flc.outbox.${agent.id}`),
    auth: async (reason) => ({ token: reason === 'expired' ? await renewCurrent() : await accessToken() }),
  });

function renewCurrent(): Promise<string> {
  return renew(currentSession()?.accessToken ?? '');
}

interface RealtimeProviderProps {
  createClient?: CreateRealtimeClient;
  children: ReactNode;
}

/** One connection for the signed-in agent, which all tabs share; another agent or organization gets a new one. */
export function RealtimeProvider({ createClient = connectAsAgent, children }: RealtimeProviderProps) {
  const agentId = useSessionStore((state) => state.session?.agent.id);
  const [client, setClient] = useState<ChatClient | null>(null);

  useEffect(() => {
    const agent = currentSession()?.agent;
    if (!agent || agent.id !== agentId) return undefined;
    const connection = createClient(agent);
    connection.connect();
    setClient(connection);
    return () => {
      connection.destroy();
      setClient(null);
    };
  }, [agentId, createClient]);

  return client && <RealtimeContext.Provider value={client}>{children}</RealtimeContext.Provider>;
}

export function useChatClient(): ChatClient {
  const client = useContext(RealtimeContext);
  if (!client) throw new Error('No connection: this component belongs below RealtimeProvider.');
  return client;
}

export function useConnectionState(): ConnectionState {
  const client = useChatClient();
  return useSyncExternalStore(
    (listener) => client.on('state', listener),
    () => client.state,
  );
}

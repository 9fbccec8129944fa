import { createSharedChatClient, createSharedOutbox, type ChatClient } from '@fast-light-chat/sdk';
import { useCallback, type ReactNode } from 'react';
import { ChatProvider } from '@fast-light-chat/sdk/react';
import { accessToken, currentSession, renew, useSessionStore } from './session';
import type { AgentView } from './wire';

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
  const createForAgent = useCallback(() => {
    const agent = currentSession()?.agent;
    return agent && agent.id === agentId ? createClient(agent) : null;
  }, [agentId, createClient]);
  return <ChatProvider createClient={createForAgent}>{children}</ChatProvider>;
}

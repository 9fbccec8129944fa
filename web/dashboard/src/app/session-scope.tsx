import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { Outlet } from 'react-router';
import { createQueryClient } from '../lib/query-client';
import { useSessionStore } from '../lib/session';

/** Another agent or organization starts with nothing of the one before. */
export function SessionScope() {
  const agentId = useSessionStore((state) => state.session?.agent.id);
  return <Scope key={agentId ?? 'guest'} />;
}

function Scope() {
  const [queryClient] = useState(createQueryClient);
  return (
    <QueryClientProvider client={queryClient}>
      <Outlet />
    </QueryClientProvider>
  );
}

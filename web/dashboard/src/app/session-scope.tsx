import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Outlet } from 'react-router';
import { endHeldFiles } from '../lib/held-files';
import { createQueryClient } from '../lib/query-client';
import { useSessionStore } from '../lib/session';

/** Another agent or organization starts with nothing of the one before. */
export function SessionScope() {
  const agentId = useSessionStore((state) => state.session?.agent.id);
  return <Scope key={agentId ?? 'guest'} />;
}

function Scope() {
  const [queryClient] = useState(createQueryClient);
  useEffect(() => endHeldFiles, []);
  return (
    <QueryClientProvider client={queryClient}>
      <Outlet />
    </QueryClientProvider>
  );
}

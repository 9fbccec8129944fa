import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { Navigate, useLocation } from 'react-router';
import { createQueryClient } from '../lib/query-client';
import { RealtimeProvider } from '../lib/realtime';
import { useSessionStore } from '../lib/session';
import { RealtimeBridge } from './realtime-bridge';
import { Shell } from './shell';

export function RequireSession() {
  const agentId = useSessionStore((state) => state.session?.agent.id);
  const location = useLocation();
  if (!agentId) return <Navigate to="/login" replace state={{ from: location.pathname + location.search }} />;
  return <SignedIn key={agentId} />;
}

/** Another agent or organization starts with nothing of the one before. */
function SignedIn() {
  const [queryClient] = useState(createQueryClient);
  return (
    <QueryClientProvider client={queryClient}>
      <RealtimeProvider>
        <RealtimeBridge />
        <Shell />
      </RealtimeProvider>
    </QueryClientProvider>
  );
}

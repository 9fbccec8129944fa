import { Navigate, useLocation } from 'react-router';
import { RealtimeProvider, type CreateRealtimeClient } from '../lib/realtime';
import { useSessionStore } from '../lib/session';
import { RealtimeBridge } from './realtime-bridge';
import { Shell } from './shell';

export function RequireSession({ createClient }: { createClient?: CreateRealtimeClient }) {
  const isSignedIn = useSessionStore((state) => state.session !== null);
  const location = useLocation();
  const from = location.pathname + location.search;
  if (!isSignedIn) return <Navigate to="/login" replace state={{ from }} />;
  return (
    <RealtimeProvider createClient={createClient}>
      <RealtimeBridge />
      <Shell />
    </RealtimeProvider>
  );
}

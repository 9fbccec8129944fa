import { Navigate, useLocation } from 'react-router';
import { RealtimeProvider } from '../lib/realtime';
import { useSessionStore } from '../lib/session';
import { RealtimeBridge } from './realtime-bridge';
import { Shell } from './shell';

export function RequireSession() {
  const isSignedIn = useSessionStore((state) => state.session !== null);
  const location = useLocation();
  if (!isSignedIn)
    return <Navigate to="/login" replace state={{ from: location.pathname + location.search }} />;
  return (
    <RealtimeProvider>
      <RealtimeBridge />
      <Shell />
    </RealtimeProvider>
  );
}

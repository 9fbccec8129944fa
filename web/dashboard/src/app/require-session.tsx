import { Navigate, useLocation } from 'react-router';
import { RealtimeProvider, type CreateRealtimeClient } from '../lib/realtime';
import { useSessionStore } from '../lib/session';
import { NotificationLink } from './notification-link';
import { PreferenceSync } from './preference-sync';
import { RealtimeBridge } from './realtime-bridge';
import { Shell } from './shell';

export function RequireSession({ createClient }: { createClient?: CreateRealtimeClient }) {
  const isSignedIn = useSessionStore((state) => state.session !== null);
  const location = useLocation();
  const hasLeft = useSessionStore((state) => state.reason === 'left');
  if (!isSignedIn) {
    // The next to sign in here may be somebody else: they start at the beginning.
    const from = hasLeft ? undefined : location.pathname + location.search;
    return <Navigate to="/login" replace state={{ from }} />;
  }
  return (
    <RealtimeProvider createClient={createClient}>
      <RealtimeBridge />
      <PreferenceSync />
      <NotificationLink />
      <Shell />
    </RealtimeProvider>
  );
}

import { Navigate, Outlet, useLocation } from 'react-router';
import { useSessionStore } from '../lib/session';

/** Who has just signed in goes to where they wanted to be. */
export function GuestOnly() {
  const isSignedIn = useSessionStore((state) => state.session !== null);
  const state = useLocation().state as { from?: string } | null;
  return isSignedIn ? <Navigate to={state?.from ?? '/inbox'} replace /> : <Outlet />;
}

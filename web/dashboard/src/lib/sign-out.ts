import { forgetDrafts } from './drafts';
import { currentSession, forgetSession, publicApi } from './session';

/** Forgets first: here the agent is out at once, whatever becomes of the request. */
export function signOut(): void {
  const refreshToken = currentSession()?.refreshToken;
  forgetDrafts();
  forgetSession('left');
  if (!refreshToken) return;
  publicApi.request('POST', '/v1/auth/logout', { body: { refreshToken } }).catch(() => undefined);
}

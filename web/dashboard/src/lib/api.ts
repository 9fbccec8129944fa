import { createRestClient } from '@fast-light-chat/sdk';
import { accessToken, currentSession, renew } from './session';

/** REST as the signed-in agent. */
export const api = createRestClient({
  url: window.location.origin,
  headers: async () => ({ authorization: `Bearer ${await accessToken()}` }),
  onUnauthenticated: async () => {
    const session = currentSession();
    if (!session) return false;
    try {
      await renew(session.accessToken);
      return true;
    } catch {
      return false;
    }
  },
});

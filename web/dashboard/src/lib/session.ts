import { ChatError, createRestClient, runExclusively } from '@fast-light-chat/sdk';
import { create } from 'zustand';
import type { AgentPreferences, AgentView, OrganizationView, OwnAgentView, SessionView } from './wire';

interface Session {
  accessToken: string;
  refreshToken: string;
  /** Epoch milliseconds. */
  expiresAt: number;
  agent: OwnAgentView;
  organization: OrganizationView;
}

interface Identity {
  agent?: AgentView | OwnAgentView;
  organization?: OrganizationView;
}

/** Why there is no session any more; `left`: the agent asked for it. */
type SignOutReason = 'expired' | 'ended' | 'left';

interface SessionState {
  session: Session | null;
  reason: SignOutReason | null;
}

const STORAGE_KEY = 'flc.session';
const REFRESH_LOCK = 'flc.session.refresh';
/** Renewed this early, so that a token does not expire on its way. */
const RENEW_BEFORE_MS = 20_000;

export const useSessionStore = create<SessionState>(() => ({ session: readStored(), reason: null }));

/** Without credentials: for what is asked before, or about, signing in. */
export const publicApi = createRestClient({ url: window.location.origin, headers: () => ({}) });

export function currentSession(): Session | null {
  return useSessionStore.getState().session;
}

export function signIn(view: SessionView): void {
  write({
    accessToken: view.accessToken,
    refreshToken: view.refreshToken,
    expiresAt: Date.now() + view.expiresIn * 1000,
    agent: view.agent,
    organization: view.organization,
  });
}

export function forgetSession(reason: SignOutReason | null = null): void {
  write(null, reason);
}

/** Keeps what is shown of oneself in step with the server. The tokens stay the stored ones: another tab may have renewed them. */
export function updateIdentity(identity: Identity): void {
  const stored = readStored();
  if (!stored) return;
  const { organization = stored.organization } = identity;
  // What colleagues are told of one leaves out what only oneself sees.
  write({ ...stored, organization, agent: { ...stored.agent, ...identity.agent } });
}

export async function accessToken(): Promise<string> {
  const session = currentSession();
  if (!session) throw signedOut();
  if (session.expiresAt - Date.now() > RENEW_BEFORE_MS) return session.accessToken;
  return renew(session.accessToken);
}

let renewing: Promise<string> | null = null;

/** A fresh access token in place of the stale one. One renewal at a time, across all tabs. */
export function renew(stale: string): Promise<string> {
  renewing ??= runExclusively(REFRESH_LOCK, () => renewUnlessDone(stale)).finally(() => {
    renewing = null;
  });
  return renewing;
}

async function renewUnlessDone(stale: string): Promise<string> {
  // Another tab may have renewed while this one waited: the refresh token works once only.
  const session = readStored();
  if (!session) {
    useSessionStore.setState({ session: null });
    throw signedOut();
  }
  if (session.accessToken !== stale) {
    useSessionStore.setState({ session });
    return session.accessToken;
  }
  return exchange(session);
}

async function exchange(session: Session): Promise<string> {
  try {
    const view = await publicApi.request<SessionView>('POST', '/v1/auth/refresh', {
      body: { refreshToken: session.refreshToken },
    });
    signIn(view);
    return view.accessToken;
  } catch (error) {
    if (error instanceof ChatError && error.status === 401) forgetSession('expired');
    throw error;
  }
}

function signedOut(): ChatError {
  return new ChatError({ code: 'auth.unauthenticated', message: 'Signed out.', status: 401 });
}

function readStored(): Session | null {
  try {
    const session = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? 'null') as Session | null;
    // What an earlier version kept has no preferences yet.
    return session && { ...session, agent: { ...session.agent, preferences: preferencesOf(session) } };
  } catch {
    return null;
  }
}

function preferencesOf({ agent }: { agent: Partial<OwnAgentView> }): AgentPreferences {
  return agent.preferences ?? { language: null, timeZone: null, theme: 'system' };
}

function write(session: Session | null, reason: SignOutReason | null = null): void {
  if (session) localStorage.setItem(STORAGE_KEY, JSON.stringify(session));
  else localStorage.removeItem(STORAGE_KEY);
  useSessionStore.setState({ session, reason });
}

/** Signing in, out or over in one tab does so in all. */
export function followOtherTabs(): () => void {
  const follow = (event: StorageEvent) => {
    if (event.key === STORAGE_KEY || event.key === null) useSessionStore.setState({ session: readStored() });
  };
  window.addEventListener('storage', follow);
  return () => window.removeEventListener('storage', follow);
}

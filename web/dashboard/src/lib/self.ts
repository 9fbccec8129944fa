import { isAllowed, type Permission } from './permissions';
import { useSessionStore } from './session';
import type { OwnAgentView } from './wire';

/** The signed-in agent. Only below the routes that require a session. */
export function useSelf(): OwnAgentView {
  const agent = useSessionStore((state) => state.session?.agent);
  if (!agent) throw new Error('No session: this component belongs below RequireSession.');
  return agent;
}

export function useCan(permission: Permission): boolean {
  const role = useSessionStore((state) => state.session?.agent.role);
  return role !== undefined && isAllowed(role, permission);
}

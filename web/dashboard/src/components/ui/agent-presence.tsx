import { useTranslation } from 'react-i18next';
import { statusLine } from '../../lib/agent-status';
import { AVAILABILITIES } from '../../lib/availability';
import { usePresence } from '../../lib/presence';
import type { AgentView, PresenceStatus } from '../../lib/wire';
import { PersonAvatar } from './person-avatar';

/** Where an agent is now; what a list of agents said when it was asked for may be over since long. */
function useAgentPresence(agent: AgentView): PresenceStatus {
  return usePresence('agent', agent.id)?.status ?? agent.presence;
}

export function AgentAvatar({ agent, size }: { agent: AgentView; size: number }) {
  return <PersonAvatar {...agent} presence={useAgentPresence(agent)} size={size} />;
}

/** Where they are counts first, then what they say of themselves. */
export function AgentState({ agent }: { agent: AgentView }) {
  const { t, i18n } = useTranslation();
  const presence = useAgentPresence(agent);
  const status = statusLine(agent, t, i18n.language);
  const availability = AVAILABILITIES.find((one) => one.value === agent.availability);
  const isBusy = presence !== 'offline' && availability && agent.availability !== 'available';
  const state = isBusy ? t(availability.label) : t(`presence.${presence}`);
  return status ? `${state} · ${status}` : state;
}

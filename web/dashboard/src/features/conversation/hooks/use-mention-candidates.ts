import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { userName } from '../../../lib/conversations/conversation-name';
import { useSelf } from '../../../lib/self';
import { agentsQuery } from '../../../lib/tenant-queries';
import type { AgentView, ConversationView } from '../../../lib/wire';
import { useTranslation } from 'react-i18next';
import { EVERYBODY } from './mentions';
import type { Mention } from '../../../lib/drafts';

/** Those who will see it. In a note the user is talked about, not to. */
export function useMentionCandidates(conversation: ConversationView, isPrivate: boolean): Mention[] {
  const { t } = useTranslation();
  const selfId = useSelf().id;
  const { data: agents } = useQuery(agentsQuery);
  return useMemo(() => {
    const others = (agents ?? []).filter(({ id }) => id !== selfId);
    const people = others.filter((agent) => isReached(conversation, agent)).map(toMention);
    if (conversation.kind === 'group' || conversation.kind === 'channel') return [...people, EVERYBODY];
    const { user } = conversation;
    if (!user || isPrivate) return people;
    return [...people, { type: 'user', id: user.id, name: userName(user, t) }];
  }, [agents, conversation, isPrivate, selfId, t]);
}

function isReached({ kind, visibility, participants }: ConversationView, { id }: AgentView): boolean {
  return kind === 'support' || visibility === 'public' || participants.some((one) => one.id === id);
}

function toMention({ id, name }: AgentView): Mention {
  return { type: 'agent', id, name };
}

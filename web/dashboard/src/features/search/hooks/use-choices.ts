import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { activityOf } from '../../../lib/conversations/conversation-list';
import { conversationName, userName } from '../../../lib/conversations/conversation-name';
import { conversationQuery } from '../../../lib/conversations/conversation-queries';
import { useSelf } from '../../../lib/self';
import { agentsQuery } from '../../../lib/tenant-queries';
import { listTime } from '../../../lib/time';
import { useSettled } from '../../../lib/use-settled';
import { userQuery } from '../../../lib/user-queries';
import type { AgentView, ConversationView, UserView } from '../../../lib/wire';
import { conversationChoicesQuery, userChoicesQuery } from '../api/search-queries';
import type { Choice } from '../components/filter-picker';

/** Whom one may look for: the agents, and the users that fit what is typed. */
export function useSenderChoices(chosenId: string) {
  const { t } = useTranslation();
  const [text, onText] = useState('');
  const agents = useQuery(agentsQuery);
  const users = useQuery(userChoicesQuery(useSettled(text)));
  const agent = agents.data?.find(({ id }) => id === chosenId);
  const user = useQuery({ ...userQuery(chosenId), enabled: chosenId !== '' && agents.isSuccess && !agent });
  const fits = ({ name }: AgentView) => name.toLowerCase().includes(text.toLowerCase());
  return {
    chosen: chosenOf(chosenId, (agent && agentChoice(agent, t)) ?? (user.data && userChoice(user.data, t))),
    choices: [
      ...(agents.data ?? []).filter(fits).map((one) => agentChoice(one, t)),
      ...(text === '' ? [] : (users.data ?? [])).map((one) => userChoice(one, t)),
    ],
    isLoading: agents.isLoading || users.isLoading,
    onText,
  };
}

export function useConversationChoices(chosenId: string) {
  const { t, i18n } = useTranslation();
  const selfId = useSelf().id;
  const [text, onText] = useState('');
  const found = useQuery(conversationChoicesQuery(useSettled(text)));
  const chosen = useQuery({ ...conversationQuery(chosenId), enabled: chosenId !== '' });
  const choiceOf = (conversation: ConversationView): Choice => ({
    id: conversation.id,
    label: conversationName(conversation, selfId, t),
    hint: [conversation.subject, listTime(activityOf(conversation), i18n.language)]
      .filter(Boolean)
      .join(' · '),
  });
  return {
    chosen: chosenOf(chosenId, chosen.data && choiceOf(chosen.data)),
    choices: text === '' ? [] : (found.data ?? []).map(choiceOf),
    isLoading: found.isLoading,
    onText,
  };
}

/** Until its name is known, and when it is nobody's any more, the id stands for it: it can still be taken off. */
function chosenOf(id: string, choice: Choice | undefined): Choice | null {
  return id === '' ? null : (choice ?? { id, label: id });
}

function agentChoice({ id, name }: AgentView, t: TFunction): Choice {
  return { id, label: name, hint: t('search.agent') };
}

function userChoice({ id, profile, memberId }: UserView, t: TFunction): Choice {
  return {
    id,
    label: userName({ id, name: profile.name ?? '' }, t),
    hint: profile.email ?? memberId ?? t('user.title'),
  };
}

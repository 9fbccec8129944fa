import { useQueryClient, type Query, type QueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import type { ChatClient, ConnectionState } from '@fast-light-chat/sdk';
import { useChatClient } from '@fast-light-chat/sdk/react';
import { showError, showNotice } from '../components/ui/toast';
import type { ConversationFact } from '../lib/conversations/conversation-list';
import {
  applyConversationFact,
  applyConversationFacts,
  conversationQuery,
  isCounted,
  isUnreadUnknown,
  refreshConversations,
  refreshMentions,
  unreadUnknownIn,
} from '../lib/conversations/conversation-queries';
import { COUNTS_KEY, createRecount } from '../lib/conversations/count-queries';
import { createFactQueue } from '../lib/conversations/fact-queue';
import { followHeld, followUnlisted, heldQuery } from '../lib/conversations/held-queries';
import { conversationPath } from '../lib/conversations/message-address';
import { followPins } from '../lib/conversations/pin-queries';
import { useCatchUpStore } from '../lib/catch-up';
import { announceWatched, rememberPresence } from '../lib/presence';
import { askAnew } from '../lib/query-client';
import { useSelf } from '../lib/self';
import { updateIdentity } from '../lib/session';
import { agentsQuery, environmentsQuery } from '../lib/tenant-queries';
import { endTyping, noteTyping } from '../lib/typing-users';
import { userQuery } from '../lib/user-queries';
import type { AgentView, ConversationView, PersonView, UserView } from '../lib/wire';
import { useSignals } from './use-signals';

/** The one place where what the socket tells enters the query cache. */
export function RealtimeBridge() {
  const client = useChatClient();
  const queries = useQueryClient();
  const selfId = useSelf().id;
  useEffect(() => bindConversations(client, queries, selfId), [client, queries, selfId]);
  useEffect(() => bindTenant(client, queries, selfId), [client, queries, selfId]);
  useMentionNotices(client, queries);
  useSignals(client, queries, selfId);
  useReconnect(client, queries);
  return null;
}

function bindConversations(client: ChatClient, queries: QueryClient, selfId: string): () => void {
  const recount = createRecount(queries);
  const facts = createFactQueue((together) => {
    if (together.some((fact) => isCounted(queries, fact))) recount.ask();
    applyConversationFacts(queries, together, selfId);
    for (const id of changedIn(together))
      if (isUnreadUnknown(queries, id)) void learnUnread(queries, id, selfId);
  });
  const change = ({ conversation }: { conversation: ConversationView }) => {
    facts.add({ type: 'changed', conversation });
    if (conversation.lastMessage?.sender.type === 'user') endTyping(conversation.id);
    followUnlisted(queries, conversation);
  };
  return releaseAll([
    facts.stop,
    recount.stop,
    // What was heard while a list was first read came into it without anybody counting.
    queries.getQueryCache().subscribe((event) => {
      if (event.type !== 'updated' || event.action.type !== 'success' || event.action.manual) return;
      for (const id of unreadUnknownIn(event.query as Query)) void learnUnread(queries, id, selfId);
    }),
    client.on('conversation:created', change),
    client.on('conversation:updated', change),
    client.on('inbox:typing', ({ conversationIds }) => noteTyping(conversationIds)),
    client.on('conversation:removed', ({ conversationId }) => facts.add({ type: 'removed', conversationId })),
    client.on('agent:updated', ({ agent }) => facts.add({ type: 'renamed', person: agentPerson(agent) })),
    client.on('user:updated', ({ user }) => facts.add({ type: 'renamed', person: userPerson(user) })),
    client.on('notification', ({ kind }) => {
      if (kind !== 'mention') return;
      recount.ask();
      void refreshMentions(queries);
    }),
    client.on('message:created', ({ message }) => followHeld(queries, message)),
    client.on('message:updated', ({ message }) => {
      followPins(queries, message);
      followHeld(queries, message);
    }),
    client.on('conversation:read', ({ conversationId, reader, readSeq }) => {
      if (reader.type !== 'agent' || reader.id !== selfId) return;
      facts.add({ type: 'read', conversationId, readSeq });
    }),
  ]);
}

function agentPerson({ id, name, avatarUrl }: AgentView): PersonView {
  return { type: 'agent', id, name, avatarUrl };
}

function userPerson({ id, profile: { name, avatarUrl } }: UserView): PersonView {
  return { type: 'user', id, name: name ?? '', avatarUrl };
}

function changedIn(facts: ConversationFact[]): Set<string> {
  return new Set(facts.flatMap((fact) => (fact.type === 'changed' ? [fact.conversation.id] : [])));
}

/** A conversation that was not held before: the event, made for many, does not say what is unread for oneself. */
async function learnUnread(queries: QueryClient, id: string, selfId: string): Promise<void> {
  const query = conversationQuery(id);
  // As it is held, not the bare answer: more may have been heard since it was asked for.
  const conversation = await queries.fetchQuery({ ...query, staleTime: 0 }).then(
    () => queries.getQueryData(query.queryKey),
    () => undefined,
  );
  if (conversation) applyConversationFact(queries, { type: 'changed', conversation }, selfId);
}

function bindTenant(client: ChatClient, queries: QueryClient, selfId: string): () => void {
  return releaseAll([
    client.on('presence', rememberPresence),
    client.on('agent:updated', ({ agent }) => {
      queries.setQueryData(agentsQuery.queryKey, (agents) => agents && withAgent(agents, agent));
      if (agent.id === selfId) updateIdentity({ agent });
    }),
    client.on('organization:updated', ({ organization }) => updateIdentity({ organization })),
    client.on(
      'environment:updated',
      () => void queries.invalidateQueries({ queryKey: environmentsQuery.queryKey }),
    ),
    client.on('user:updated', ({ user }) => queries.setQueryData(userQuery(user.id).queryKey, user)),
  ]);
}

function withAgent(agents: AgentView[], agent: AgentView): AgentView[] {
  const isKnown = agents.some((one) => one.id === agent.id);
  return isKnown ? agents.map((one) => (one.id === agent.id ? agent : one)) : [...agents, agent];
}

/** Who looks at the conversation sees the mention itself. */
function useMentionNotices(client: ChatClient, queries: QueryClient): void {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { conversationId: openId } = useParams();
  useEffect(
    () =>
      client.on('notification', ({ kind, conversationId, text }) => {
        const isInView = conversationId === openId && document.visibilityState === 'visible';
        if (kind !== 'mention' || !conversationId || isInView) return;
        const show = () =>
          queries
            .ensureQueryData(conversationQuery(conversationId))
            .then((conversation) => navigate(conversationPath(conversation)))
            .catch(showError);
        showNotice(t('mention.told', { text }), { label: t('mention.open'), run: () => void show() });
      }),
    [client, queries, openId, navigate, t],
  );
}

/** Lists have no gap-free resume of their own: what was read before the socket heard anything is read anew. */
function useReconnect(client: ChatClient, queries: QueryClient): void {
  const wasLost = useRef(false);
  const follow = useCallback(
    (state: ConnectionState) => {
      if (state === 'reconnecting') wasLost.current = true;
      if (state !== 'online') return;
      announceWatched(client);
      void (wasLost.current ? catchUp(queries) : readAnew(queries));
      wasLost.current = false;
    },
    [client, queries],
  );
  useEffect(() => client.on('state', follow), [client, follow]);
}

async function catchUp(queries: QueryClient): Promise<void> {
  useCatchUpStore.setState({ isBehind: true });
  await readAnew(queries);
  useCatchUpStore.setState({ isBehind: false });
}

function readAnew(queries: QueryClient): Promise<unknown> {
  const keys = [COUNTS_KEY, heldQuery.queryKey, agentsQuery.queryKey, environmentsQuery.queryKey];
  return Promise.allSettled([
    refreshConversations(queries),
    ...keys.map((queryKey) => askAnew(queries, { queryKey })),
  ]);
}

function releaseAll(releases: (() => void)[]): () => void {
  return () => releases.forEach((release) => release());
}

import type { ConversationHandle } from '@fast-light-chat/sdk';
import { useQuery } from '@tanstack/react-query';
import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearchParams } from 'react-router';
import { useChatClient } from '@fast-light-chat/sdk/react';
import { userName } from '../../../lib/conversations/conversation-name';
import {
  soughtIn,
  threadOf,
  type MessagePlace,
  type Sought,
} from '../../../lib/conversations/message-address';
import { useCan, useSelf } from '../../../lib/self';
import { agentsQuery } from '../../../lib/tenant-queries';
import type { ConversationView, MessageView, PrincipalRef, Viewer } from '../../../lib/wire';
import { useViewers } from '../hooks/use-viewers';

/** What one is doing in a conversation just now. A row that is scrolled away and back must find it again. */
export interface Talk {
  conversation: ConversationView;
  handle: ConversationHandle;
  /** By role and participation: may one write, react, pin? */
  canAnswer: boolean;
  /** What those are called who may be mentioned here. */
  nameOf: (ref: PrincipalRef) => string | undefined;
  replyTo: MessageView | null;
  reply: (message: MessageView | null) => void;
  editingId: string | null;
  edit: (messageId: string | null) => void;
  /** Whose thread is open beside the conversation. */
  threadRootId: string | null;
  openThread: (rootId: string | null) => void;
  /** The message that is being looked for; it may have to be loaded first. */
  sought: Sought | null;
  seek: (sought: Sought | null) => void;
  /** The same in the thread that is open. */
  soughtReplyId: string | null;
  seekReply: (messageId: string | null) => void;
  /** Leads to where the message stands: in the conversation, or in its thread alone. */
  leadTo: (place: MessagePlace) => void;
  foundId: string | null;
  found: (messageId: string | null) => void;
  /** Colleagues who have it before them as well. */
  viewers: readonly Viewer[];
}

const TalkContext = createContext<Talk | null>(null);

interface TalkProviderProps {
  conversation: ConversationView;
  children: ReactNode;
}

export function TalkProvider({ conversation, children }: TalkProviderProps) {
  const handle = useChatClient().conversation(conversation.id);
  const address = useAddress();
  const canAnswer = useCanAnswer(conversation);
  const nameOf = useNames(conversation);
  const [replyTo, reply] = useState<MessageView | null>(null);
  const [editingId, edit] = useState<string | null>(null);
  const [threadRootId, openThread] = useState<string | null>(null);
  const [sought, seek] = useState<Sought | null>(null);
  const [soughtReplyId, seekReply] = useState<string | null>(null);
  const [foundId, found] = useState<string | null>(null);
  const viewers = useViewers(conversation.id);
  const [followed, setFollowed] = useState<string | null>(null);
  if (followed !== address.key) {
    setFollowed(address.key);
    const { threadRootId: rootId, message } = address;
    if (rootId ?? message) openThread(rootId);
    // Behind the thread, the conversation shows what the thread is about.
    if (rootId ?? message) seek(rootId === null ? message : { id: rootId, seq: null });
    if (rootId && message) seekReply(message.id);
  }
  const talk = useMemo(
    () => ({
      conversation,
      handle,
      canAnswer,
      nameOf,
      replyTo,
      reply,
      editingId,
      edit,
      threadRootId,
      openThread,
      sought,
      seek,
      soughtReplyId,
      seekReply,
      leadTo: (place: MessagePlace) => {
        const rootId = threadOf(place);
        if (rootId === null) return seek(place);
        openThread(rootId);
        seekReply(place.id);
      },
      foundId,
      found,
      viewers,
    }),
    [
      conversation,
      handle,
      canAnswer,
      nameOf,
      replyTo,
      editingId,
      threadRootId,
      sought,
      soughtReplyId,
      foundId,
      viewers,
    ],
  );
  return <TalkContext value={talk}>{children}</TalkContext>;
}

export function useTalk(): Talk {
  const talk = useContext(TalkContext);
  if (!talk) throw new Error('This component belongs below TalkProvider.');
  return talk;
}

/** What the address says; each time that one is led to an address it is followed once. */
function useAddress(): ReturnType<typeof soughtIn> & { key: string } {
  const [params] = useSearchParams();
  const { key } = useLocation();
  return useMemo(() => ({ ...soughtIn(params), key }), [params, key]);
}

function useCanAnswer(conversation: ConversationView): boolean {
  const selfId = useSelf().id;
  const isOpen = conversation.archivedAt === null && isParticipant(conversation, selfId);
  return useCan('conversation.answer') && isOpen;
}

function useNames(conversation: ConversationView): Talk['nameOf'] {
  const { t } = useTranslation();
  const { data: agents } = useQuery(agentsQuery);
  return useMemo(() => {
    const names = new Map(
      [...conversation.participants, ...(agents ?? [])].map(({ id, name }) => [id, name]),
    );
    const { user } = conversation;
    if (user) names.set(user.id, userName(user, t));
    return ({ id }) => names.get(id);
  }, [agents, conversation, t]);
}

/** Everybody who may answer belongs to a support conversation; to look into a public channel is not to be in it. */
export function isParticipant(conversation: ConversationView, selfId: string): boolean {
  return conversation.kind === 'support' || conversation.participants.some((one) => one.id === selfId);
}

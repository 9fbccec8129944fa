import { useTranslation } from 'react-i18next';
import { showError, showToast } from '../../../components/ui/toast';
import { conversationPath, messageParams } from '../../../lib/conversations/message-address';
import { useCan, useSelf } from '../../../lib/self';
import type { ConversationView, MessageView } from '../../../lib/wire';
import { usePinning } from '../api/message-actions';
import { useTalk } from '../components/talk';

export type MessageAction =
  | 'react'
  | 'reply'
  | 'thread'
  | 'edit'
  | 'pin'
  | 'unpin'
  | 'copyText'
  | 'copyLink'
  | 'delete'
  | 'deleteOfOther';

/** What one may do with a message, in the order of the menu; what the server would refuse is not offered. */
export function useMessageActions(message: MessageView) {
  const { t } = useTranslation();
  const { conversation, canAnswer, handle, reply, edit, openThread } = useTalk();
  const selfId = useSelf().id;
  const setPinned = usePinning();
  const isOwn = message.sender.type === 'agent' && message.sender.id === selfId;
  const canDeleteAny = useCan('message.delete-any');
  // One level: in a thread, everything answers its root.
  const isInThread = message.threadRootId !== null;
  const isShownToAll = !message.held;
  const isComplete = message.state !== 'streaming';
  const offered: [MessageAction, boolean][] = [
    ['react', canAnswer && isShownToAll],
    ['reply', canAnswer && isShownToAll && !isInThread],
    ['thread', canAnswer && isShownToAll && !isInThread],
    ['edit', canAnswer && isOwn && isComplete && message.type === 'text'],
    [message.pinned ? 'unpin' : 'pin', canAnswer && isShownToAll],
    ['copyText', message.content !== ''],
    ['copyLink', true],
    [isOwn ? 'delete' : 'deleteOfOther', canAnswer && isComplete && (isOwn || canDeleteAny)],
  ];

  const copy = (text: string) =>
    void navigator.clipboard.writeText(text).then(() => showToast(t('common.copied')), showError);
  const run = (action: MessageAction) => {
    if (action === 'reply') reply(message);
    else if (action === 'thread') openThread(message.id);
    else if (action === 'edit') edit(message.id);
    else if (action === 'pin' || action === 'unpin') setPinned(message, action === 'pin');
    else if (action === 'copyText') copy(message.content);
    else if (action === 'copyLink') copy(linkTo(conversation, message));
  };

  return {
    actions: offered.filter(([, isOffered]) => isOffered).map(([action]) => action),
    run,
    react: (emoji: string) => void handle.react(message.id, emoji, true).catch(showError),
    remove: () => handle.remove(message.id),
  };
}

/** Leads to this message whoever of the organization follows it, whatever they have open. */
function linkTo(conversation: ConversationView, message: MessageView): string {
  const base = import.meta.env.BASE_URL.replace(/\/$/, '');
  const path = `${base}${conversationPath(conversation)}?${messageParams(message)}`;
  return new URL(path, window.location.origin).href;
}

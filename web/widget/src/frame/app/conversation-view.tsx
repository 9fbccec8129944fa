import type { ConversationHandle, Timeline } from '@fast-light-chat/sdk';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ChatModel, ChatState } from './chat-model.js';
import { Composer } from './composer.js';
import { useLanguage } from './context.js';
import { LoadingRows } from './loading-rows.js';
import { MessageList, TypingSign } from './message-list.js';
import { Bubble } from './message-row.js';
import { Avatar } from './avatar.js';
import { ErrorNotice, Notice } from './notice.js';
import { useSnapshot } from './use-snapshot.js';

const UNSTARTED: Timeline = {
  status: 'ready',
  items: [],
  headSeq: 0,
  headRev: 0,
  minSeq: 0,
  hasOlder: false,
  isLoadingOlder: false,
  typing: [],
  readMarkers: {},
  unreadAfterSeq: 0,
};
const NO_CONVERSATION = { subscribe: () => () => undefined, getSnapshot: () => UNSTARTED };

interface ConversationViewProps {
  model: ChatModel;
  state: ChatState;
  id: string | null;
  isOpen: boolean;
  takesFocus: boolean;
}

/** One view for a conversation that exists and for one that is about to: the field keeps its focus in between. */
export function ConversationView({
  model,
  state,
  id,
  isOpen,
  takesFocus,
}: ConversationViewProps): JSX.Element {
  const { t, language } = useLanguage();
  const handle = useMemo(() => (id === null ? null : model.conversation(id)), [model, id]);
  const timeline = useTimeline(model, handle);
  const [isFollowing, setFollowing] = useState(true);
  const isVisible = usePageVisible();
  const isResolved = state.conversations.some((one) => one.id === id && one.status === 'resolved');
  const outbox = handle ?? model.first;
  const field = useRef<HTMLTextAreaElement>(null);

  useEffect(() => handle?.open(), [handle]);
  useEffect(() => {
    const isSeen = isOpen && isVisible && isFollowing && timeline.status === 'ready' && timeline.headSeq > 0;
    if (isSeen && id !== null) model.read(id, timeline.headSeq);
  }, [isOpen, isVisible, isFollowing, timeline.headSeq, timeline.status, id]);

  if (timeline.status === 'lost') return <Notice title={t.lostTitle} text={t.lostText} />;
  if (timeline.status === 'error' && timeline.error) {
    return <ErrorNotice error={timeline.error} onRetry={() => model.show({ name: 'list' })} />;
  }
  return (
    <>
      {timeline.status === 'loading' && timeline.items.length === 0 ? (
        <LoadingRows />
      ) : (
        <MessageList
          key={handle && timeline.status === 'ready' ? id : 'new'}
          timeline={timeline}
          isOwn={(sender) => model.isOwn(sender)}
          changes={handle}
          greeting={
            <Bubble
              side="other"
              speaker={state.settings.title}
              avatar={<Avatar name={state.settings.title} />}
              startsGroup
              endsGroup
            >
              {state.settings.greeting[language] || t.greetingFallback}
            </Bubble>
          }
          onLoadOlder={() => handle?.loadOlder() ?? Promise.resolve()}
          onRetry={(clientMessageId) => {
            outbox.retry(clientMessageId);
            field.current?.focus();
          }}
          onDiscard={(clientMessageId) => {
            outbox.discard(clientMessageId);
            field.current?.focus();
          }}
          onFollow={setFollowing}
        />
      )}
      <TypingSign typing={timeline.typing} />
      {isResolved && <p class="hint">{t.resolved}</p>}
      <Composer
        field={field}
        wantsFocus={isOpen && takesFocus}
        onSend={(content) => (handle ? handle.send({ content }) : model.startWith(content))}
        onTyping={(typing) => handle?.setTyping(typing)}
      />
    </>
  );
}

/** Until the new conversation has loaded, its first message is shown from where it was written. */
function useTimeline(model: ChatModel, handle: ConversationHandle | null): Timeline {
  const own = useSnapshot(handle ?? NO_CONVERSATION);
  const first = useSnapshot(model.first.items);
  const isBridging = first.length > 0 && (handle === null || own.status === 'loading');

  useEffect(() => {
    if (handle !== null && own.status !== 'loading' && first.length > 0) model.first.clear();
  }, [handle, own.status, first.length]);

  if (!isBridging) return own;
  const shown = handle === null ? first : first.slice(0, 1);
  return { ...own, items: [...shown, ...own.items] };
}

function usePageVisible(): boolean {
  const [isVisible, setVisible] = useState(!document.hidden);
  useEffect(() => {
    const update = (): void => setVisible(!document.hidden);
    document.addEventListener('visibilitychange', update);
    return () => document.removeEventListener('visibilitychange', update);
  }, []);
  return isVisible;
}

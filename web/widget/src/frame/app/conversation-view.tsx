import type {
  ConversationHandle,
  ConversationView as Conversation,
  PendingItem,
  Timeline,
} from '@fast-light-chat/sdk';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { AskEmail } from './ask-email.js';
import type { ChatModel, ChatState } from './chat-model.js';
import { Composer } from './composer.js';
import { useLanguage } from './context.js';
import type { Draft } from './draft.js';
import { Home } from './home.js';
import { LoadingRows } from './loading-rows.js';
import { MessageList, TypingSign } from './message-list.js';
import { Bubble, type PendingActions } from './message-row.js';
import { Avatar } from './avatar.js';
import { Notice } from './notice.js';
import { Rating } from './rating.js';
import { needsOf, StartForm } from './start-form.js';
import { useSnapshot } from './use-snapshot.js';

const UNSTARTED: Timeline = {
  status: 'ready',
  items: [],
  headSeq: 0,
  headRev: 0,
  minSeq: 0,
  hasOlder: false,
  hasNewer: false,
  isLoadingOlder: false,
  isLoadingNewer: false,
  isBehind: false,
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
  const draft = model.draft(id);
  const timeline = withLetters(useTimeline(model, handle), draft);
  useSnapshot(draft.state);
  useSnapshot(draft.uploads);
  const [isFollowing, setFollowing] = useState(true);
  const isVisible = usePageVisible();
  const { settings, maxFileBytes } = state.environment;
  const conversation = state.conversations.find((one) => one.id === id);
  const isHome = id === null && timeline.items.length === 0;
  const needs = needsOf(state.environment, state.user, isHome);
  const field = useRef<HTMLTextAreaElement>(null);
  const actions = pendingActions(draft, handle ?? model.first, () => field.current?.focus());

  useEffect(() => handle?.open(), [handle]);
  useEffect(() => {
    const isSeen = isOpen && isVisible && isFollowing && timeline.status === 'ready' && timeline.headSeq > 0;
    if (isSeen && id !== null) model.read(id, timeline.headSeq);
  }, [isOpen, isVisible, isFollowing, timeline.headSeq, timeline.status, id]);

  // What may pass is tried again by itself; an error is left of one that never was, as a page may ask for.
  if (timeline.status === 'lost' || timeline.status === 'error') {
    const goHome = () => model.show({ name: 'conversation', id: null });
    return <Notice title={t.lostTitle} text={t.lostText} action={{ label: t.back, run: goHome }} />;
  }
  return (
    <>
      {isHome ? (
        <Home model={model} state={state} />
      ) : timeline.status === 'loading' && timeline.items.length === 0 ? (
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
              speaker={settings.title}
              avatar={<Avatar name={settings.title} />}
              startsGroup
              endsGroup
            >
              {settings.greeting[language] || t.hello}
            </Bubble>
          }
          onLoadOlder={() => handle?.loadOlder() ?? Promise.resolve()}
          uploadsOf={({ key }) => (draft.has(key) ? draft.uploadsOf(key) : null)}
          {...actions}
          onFollow={setFollowing}
        />
      )}
      {!isHome && <TypingSign typing={timeline.typing} />}
      {conversation && <AskEmail key={`email-${id}`} {...{ model, state, timeline }} />}
      {conversation?.status === 'resolved' && (
        <Resolved key={`resolved-${id}`} {...{ model, conversation }} isAsked={settings.askRating} />
      )}
      {needs ? (
        <StartForm {...{ model, needs, draft, field }} environment={state.environment} />
      ) : (
        <Composer
          {...{ draft, field, maxFileBytes }}
          placeholder={isHome && state.conversations.length > 0 ? t.newPlaceholder : t.composerPlaceholder}
          wantsFocus={isOpen && takesFocus}
          onTyping={(typing) => handle?.setTyping(typing)}
        />
      )}
    </>
  );
}

interface ResolvedProps {
  model: ChatModel;
  conversation: Conversation;
  isAsked: boolean;
}

function Resolved({ model, conversation, isAsked }: ResolvedProps): JSX.Element {
  const { t } = useLanguage();
  const [wasRated] = useState(conversation.rating !== undefined);
  return (
    <>
      {isAsked && !wasRated && (
        <Rating onRate={(score, comment) => model.rate(conversation.id, score, comment)} />
      )}
      <p class="hint">{t.resolved}</p>
    </>
  );
}

/** What waits for its files comes after all that has left. */
function withLetters(timeline: Timeline, draft: Draft): Timeline {
  const letters = draft.pendingItems();
  return letters.length > 0 ? { ...timeline, items: [...timeline.items, ...letters] } : timeline;
}

type Outbox = Pick<ConversationHandle, 'retry' | 'discard'>;

/** For what has not left the draft, and for what the client could not send. */
function pendingActions(draft: Draft, outbox: Outbox, focus: () => void): PendingActions {
  const keeperOf = ({ key }: PendingItem): Outbox => (draft.has(key) ? draft : outbox);
  return {
    onRetry: (item) => {
      keeperOf(item).retry(item.clientMessageId);
      focus();
    },
    onTakeBack: (item) => {
      if (draft.has(item.key)) draft.takeBack(item.key);
      else {
        outbox.discard(item.clientMessageId);
        draft.restore(item);
      }
      focus();
    },
    onDiscard: (item) => {
      keeperOf(item).discard(item.clientMessageId);
      focus();
    },
  };
}

/** Until the new conversation has loaded, its first message is shown from where it was written. */
function useTimeline(model: ChatModel, handle: ConversationHandle | null): Timeline {
  const own = useSnapshot(handle ?? NO_CONVERSATION);
  const unsent = useSnapshot(model.first.items);
  const begun = useSnapshot(model.first.begun);
  const isBegun = handle !== null && handle.id === begun?.conversationId;
  const isLoading = own.status === 'loading';

  useEffect(() => {
    if (isBegun && !isLoading) model.first.begun.set(null);
  }, [isBegun, isLoading]);

  if (handle === null) return { ...own, items: unsent };
  return isBegun && isLoading ? { ...own, items: [begun.item, ...own.items] } : own;
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

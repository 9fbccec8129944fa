import type { ConversationView } from '@fast-light-chat/sdk';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Avatar } from './avatar.js';
import type { ChatModel, ChatState } from './chat-model.js';
import { useLanguage } from './context.js';
import { whenOf } from './format.js';
import { Icon } from './icons.js';
import { fill } from './strings.js';

interface ConversationListViewProps {
  model: ChatModel;
  state: ChatState;
  isOpen: boolean;
}

export function ConversationListView({ model, state, isOpen }: ConversationListViewProps): JSX.Element {
  const { t } = useLanguage();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isOpen) heading.current?.focus();
  }, []);
  return (
    <div class="list">
      <h2 class="visually-hidden" tabIndex={-1} ref={heading}>
        {t.conversations}
      </h2>
      <ul>
        {state.conversations.map((conversation) => (
          <li key={conversation.id}>
            <Entry conversation={conversation} model={model} teamName={state.settings.title} />
          </li>
        ))}
      </ul>
      <div class="list-foot">
        <button type="button" class="button" onClick={() => model.show({ name: 'conversation', id: null })}>
          <Icon name="plus" />
          {t.newConversation}
        </button>
      </div>
    </div>
  );
}

interface EntryProps {
  conversation: ConversationView;
  model: ChatModel;
  teamName: string;
}

function Entry({ conversation, model, teamName }: EntryProps): JSX.Element {
  const { t, language } = useLanguage();
  const { id, assignee, subject, lastMessage, unread = 0, updatedAt } = conversation;
  const name = assignee?.name ?? subject ?? teamName;
  return (
    <button type="button" class="entry" onClick={() => model.show({ name: 'conversation', id })}>
      <Avatar name={name} url={assignee?.avatarUrl} />
      <span class="entry-text">
        <span class="entry-top">
          <strong>{name}</strong>
          <time dateTime={updatedAt}>{whenOf(lastMessage?.createdAt ?? updatedAt, language)}</time>
        </span>
        <span class="entry-bottom">
          <span class={unread > 0 ? 'preview unread' : 'preview'}>{previewOf(conversation, model, t)}</span>
          {unread > 0 && (
            <span class="badge">
              <span aria-hidden="true">{unread > 99 ? '99+' : unread}</span>
              <span class="visually-hidden">{fill(t.unread, { n: unread })}</span>
            </span>
          )}
        </span>
      </span>
    </button>
  );
}

function previewOf(
  { lastMessage }: ConversationView,
  model: ChatModel,
  t: ReturnType<typeof useLanguage>['t'],
): string {
  if (!lastMessage) return t.noMessages;
  if (lastMessage.content === null) return t.deleted;
  const text = lastMessage.content || t.file;
  return model.isOwn(lastMessage.sender) ? `${t.you}: ${text}` : text;
}

import type { ConversationView, PersonView } from '@fast-light-chat/sdk';
import { plainText } from '@fast-light-chat/sdk/markdown';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Avatar } from './avatar.js';
import type { ChatModel, ChatState } from './chat-model.js';
import { useLanguage } from './context.js';
import { whenOf } from './format.js';
import { fill, type Strings } from './strings.js';
import { replyTimeOf, Whereabouts } from './whereabouts.js';

const MOST_AT_FIRST = 3;
const MOST_FACES = 3;

interface HomeProps {
  model: ChatModel;
  state: ChatState;
}

/** Above the field in which a conversation begins: who is here, and what has been talked about. */
export function Home({ model, state }: HomeProps): JSX.Element {
  const { t, language } = useLanguage();
  const { environment, conversations } = state;
  const replyTime = replyTimeOf(environment, t);
  return (
    <div class="home">
      <div class="hero">
        <Faces conversations={conversations} />
        <p class="greeting">{environment.settings.greeting[language] || t.hello}</p>
        <Whereabouts environment={environment} />
        {replyTime && <p>{replyTime}</p>}
      </div>
      {conversations.length > 0 && <Recent model={model} state={state} />}
    </div>
  );
}

/** Those who have answered before. */
function Faces({ conversations }: Pick<ChatState, 'conversations'>): JSX.Element | null {
  const people = new Map<string, PersonView>();
  for (const { assignee } of conversations) if (assignee) people.set(assignee.id, assignee);
  if (people.size === 0) return null;
  return (
    <div class="faces">
      {[...people.values()].slice(0, MOST_FACES).map(({ id, name, avatarUrl }) => (
        <Avatar key={id} name={name} url={avatarUrl} />
      ))}
    </div>
  );
}

function Recent({ model, state }: HomeProps): JSX.Element {
  const { t } = useLanguage();
  const [isAll, setAll] = useState(false);
  const { conversations, environment } = state;
  const shown = isAll ? conversations : conversations.slice(0, MOST_AT_FIRST);
  return (
    <section class="recent">
      <h2>{t.conversations}</h2>
      <ul>
        {shown.map((conversation) => (
          <li key={conversation.id}>
            <Entry conversation={conversation} model={model} company={environment.settings.title} />
          </li>
        ))}
      </ul>
      {shown.length < conversations.length && (
        <button type="button" class="link-button" onClick={() => setAll(true)}>
          {fill(t.showAll, { n: conversations.length })}
        </button>
      )}
    </section>
  );
}

interface EntryProps {
  conversation: ConversationView;
  model: ChatModel;
  company: string;
}

function Entry({ conversation, model, company }: EntryProps): JSX.Element {
  const { t, language } = useLanguage();
  const { id, assignee, subject, lastMessage, unread = 0, updatedAt } = conversation;
  const name = assignee?.name ?? subject ?? company;
  return (
    <button type="button" class="entry" onClick={() => model.show({ name: 'conversation', id })}>
      <Avatar name={name} url={assignee?.avatarUrl} />
      <span class="entry-text">
        <span class="entry-line">
          <strong>{name}</strong>
          <time dateTime={updatedAt}>{whenOf(lastMessage?.createdAt ?? updatedAt, language)}</time>
        </span>
        <span class="entry-line">
          <span class={unread > 0 ? 'preview unread' : 'preview'} dir="auto">
            {previewOf(conversation, model, t)}
          </span>
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

function previewOf({ lastMessage }: ConversationView, model: ChatModel, t: Strings): string {
  if (!lastMessage) return t.noMessages;
  if (lastMessage.content === null) return t.deleted;
  const text = plainText(lastMessage.content) || t.file;
  return model.isOwn(lastMessage.sender) ? `${t.you}: ${text}` : text;
}

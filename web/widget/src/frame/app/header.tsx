import type { ConversationView } from '@fast-light-chat/sdk';
import type { JSX } from 'preact';
import { Avatar } from './avatar.js';
import type { ChatModel, ChatState } from './chat-model.js';
import { useLanguage } from './context.js';
import { Icon } from './icons.js';
import { Whereabouts } from './whereabouts.js';

interface HeaderProps {
  model: ChatModel;
  state: ChatState;
  onClose: (() => void) | null;
}

export function Header({ model, state, onClose }: HeaderProps): JSX.Element {
  const { t } = useLanguage();
  const { screen, conversations, environment } = state;
  const id = screen.name === 'conversation' ? screen.id : null;
  const current = conversations.find((one) => one.id === id);
  const hasUnreadElsewhere = conversations.some((one) => one !== current && (one.unread ?? 0) > 0);
  return (
    <header class="header">
      {id !== null && (
        <button
          type="button"
          class="icon-button"
          aria-label={t.back}
          onClick={() => model.show({ name: 'conversation', id: null })}
        >
          <Icon name="back" />
          {hasUnreadElsewhere && <span class="dot" />}
        </button>
      )}
      {current?.assignee && <Avatar name={current.assignee.name} url={current.assignee.avatarUrl} />}
      <div class="header-text">
        <h1 tabIndex={-1}>{titleOf(current, environment.settings.title)}</h1>
        {id !== null && <Whereabouts environment={environment} />}
      </div>
      <CloseButton onClose={onClose} />
    </header>
  );
}

/** Who answers here; before that, the company. */
function titleOf(conversation: ConversationView | undefined, company: string): string {
  return conversation?.assignee?.name ?? company;
}

export function CloseButton({ onClose }: { onClose: (() => void) | null }): JSX.Element | null {
  const { t } = useLanguage();
  if (!onClose) return null;
  return (
    <button type="button" class="icon-button" aria-label={t.close} onClick={onClose}>
      <Icon name="close" />
    </button>
  );
}

import type { JSX } from 'preact';
import type { ChatModel, ChatState } from './chat-model.js';
import { useLanguage } from './context.js';
import { Icon } from './icons.js';

interface HeaderProps {
  model: ChatModel;
  state: ChatState;
  onClose: (() => void) | null;
}

export function Header({ model, state, onClose }: HeaderProps): JSX.Element {
  const { t } = useLanguage();
  const isInConversation = state.screen.name === 'conversation';
  const canGoBack = isInConversation && state.conversations.length > 0;
  const unreadElsewhere = state.conversations.some(
    (one) => (one.unread ?? 0) > 0 && !(state.screen.name === 'conversation' && state.screen.id === one.id),
  );
  return (
    <header class="header">
      {canGoBack && (
        <button
          type="button"
          class="icon-button"
          aria-label={t.back}
          onClick={() => model.show({ name: 'list' })}
        >
          <Icon name="back" />
          {unreadElsewhere && <span class="dot" />}
        </button>
      )}
      <div class="header-text">
        <h1 tabIndex={-1}>{state.settings.title}</h1>
        <p>
          <span class={state.isTeamOnline ? 'presence online' : 'presence'} aria-hidden="true" />
          {state.isTeamOnline ? t.online : t.away}
        </p>
      </div>
      <CloseButton onClose={onClose} />
    </header>
  );
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

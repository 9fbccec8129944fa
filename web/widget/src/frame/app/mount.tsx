import './frame.css';
import './conversation.css';
import './message-tools.css';
import './message-list.css';
import './composer.css';
import './screens.css';
import { render } from 'preact';
import type { FrameMessage, Language } from '../../protocol/messages.js';
import { Observable } from '../observable.js';
import type { Session } from '../session.js';
import { App, type Surroundings } from './app.js';
import { Astray } from './astray.js';
import { ChatModel } from './chat-model.js';

/** `loaded`: the language whose words are there. */
export function mount(session: Session, loaded: Language, post: (message: FrameMessage) => void): void {
  const chat = new Observable<ChatModel | null>(null);
  const startWhenBooted = (): void => {
    if (chat.getSnapshot() || session.state.getSnapshot().phase !== 'ready') return;
    const model = new ChatModel(session, {
      onUnread: (unread) => post({ type: 'unread', unread }),
      onChatCreated: (conversationId) => post({ type: 'chat-created', conversationId }),
    });
    chat.set(model);
    model.start();
  };
  session.state.subscribe(startWhenBooted);
  startWhenBooted();

  const around: Surroundings = {
    close: () => post({ type: 'close-requested' }),
    open: (conversationId) => post({ type: 'open-requested', conversationId }),
    peek: (height) => post({ type: 'peek', height }),
  };
  const root = document.getElementById('app');
  if (!root) return;
  root.addEventListener('click', ({ target }) => {
    const clicked = (target as Element).closest<HTMLAnchorElement>('.bubble a[rel~="nofollow"]');
    if (clicked) post({ type: 'url-clicked', url: clicked.href });
  });
  render(<App {...{ session, loaded, chat }} around={session.isStandalone ? null : around} />, root);
}

export function mountAstray(language: Language): void {
  const root = document.getElementById('app');
  if (root) render(<Astray language={language} />, root);
}

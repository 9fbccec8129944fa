import './frame.css';
import './conversation.css';
import './screens.css';
import { render } from 'preact';
import type { HostLink } from '../host-link.js';
import { Observable } from '../observable.js';
import type { Session } from '../session.js';
import { App, type Surroundings } from './app.js';
import { ChatModel } from './chat-model.js';

export function mount(session: Session, link: HostLink): void {
  const chat = new Observable<ChatModel | null>(null);
  const startWhenBooted = (): void => {
    if (chat.getSnapshot() || session.state.getSnapshot().phase !== 'ready') return;
    const model = new ChatModel(session, {
      onUnread: (unread) => link.post({ type: 'unread', unread }),
      onChatCreated: (conversationId) => link.post({ type: 'chat-created', conversationId }),
    });
    chat.set(model);
    model.start();
  };
  session.state.subscribe(startWhenBooted);
  startWhenBooted();

  const around: Surroundings = {
    close: () => link.post({ type: 'close-requested' }),
    open: () => link.post({ type: 'open-requested' }),
    peek: (height) => link.post({ type: 'peek', height }),
  };
  const root = document.getElementById('app');
  if (!root) return;
  root.addEventListener('click', ({ target }) => {
    const clicked = (target as Element).closest<HTMLAnchorElement>('.bubble a[rel~="nofollow"]');
    if (clicked) link.post({ type: 'url-clicked', url: clicked.href });
  });
  render(<App session={session} chat={chat} around={session.isStandalone ? null : around} />, root);
}

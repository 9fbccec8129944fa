import './frame.css';
import './conversation.css';
import './screens.css';
import { render } from 'preact';
import type { HostLink } from '../host-link.js';
import { Observable } from '../observable.js';
import type { Session } from '../session.js';
import type { SafeStorage } from '../storage.js';
import { App } from './app.js';
import { ChatModel } from './chat-model.js';

export function mount(session: Session, link: HostLink, storage: SafeStorage): void {
  const chat = new Observable<ChatModel | null>(null);
  const startWhenBooted = (): void => {
    if (chat.getSnapshot() || session.state.getSnapshot().phase !== 'ready') return;
    const model = new ChatModel(session, storage, {
      onUnread: (unread) => link.post({ type: 'unread', unread }),
      onSettings: (settings) => link.post({ type: 'settings', settings }),
    });
    chat.set(model);
    model.start();
  };
  session.state.subscribe(startWhenBooted);
  startWhenBooted();

  const close = session.isStandalone ? null : (): void => link.post({ type: 'close-requested' });
  const root = document.getElementById('app');
  if (root) render(<App session={session} chat={chat} onClose={close} />, root);
}

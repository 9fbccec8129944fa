import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { readableOn } from '../../protocol/color.js';
import type { Session } from '../session.js';
import type { Observable } from '../observable.js';
import type { ChatModel, ChatState } from './chat-model.js';
import { ConnectionBanner } from './connection-banner.js';
import { FileLinksContext, LanguageContext } from './context.js';
import { ConversationListView } from './conversation-list-view.js';
import { ConversationView } from './conversation-view.js';
import { CloseButton, Header } from './header.js';
import { LoadingRows } from './loading-rows.js';
import { ErrorNotice } from './notice.js';
import { useSnapshot } from './use-snapshot.js';

interface AppProps {
  session: Session;
  /** Comes with the boot. */
  chat: Observable<ChatModel | null>;
  /** Null on a page of its own. */
  onClose: (() => void) | null;
}

export function App({ session, chat, onClose }: AppProps): JSX.Element {
  const { phase, error, language, isOpen, takesFocus } = useSnapshot(session.state);
  const model = useSnapshot(chat);
  const root = useRef<HTMLDivElement>(null);
  useEscape(onClose);
  useEffect(() => {
    // On a phone the field would open the keyboard over what there is to read: there the heading is told instead.
    if (isOpen && !takesFocus) root.current?.querySelector<HTMLElement>('h1')?.focus();
  }, [isOpen, phase]);

  return (
    <LanguageContext.Provider value={language}>
      <div class="app" ref={root}>
        {model && <Chat model={model} isOpen={isOpen} takesFocus={takesFocus} onClose={onClose} />}
        {phase === 'booting' && !model && (
          <>
            <PlainHeader onClose={onClose} />
            <LoadingRows />
          </>
        )}
        {phase === 'failed' && error && !model && (
          <>
            <PlainHeader onClose={onClose} />
            <ErrorNotice error={error} onRetry={() => void session.boot()} />
          </>
        )}
      </div>
    </LanguageContext.Provider>
  );
}

interface ChatProps {
  model: ChatModel;
  isOpen: boolean;
  takesFocus: boolean;
  onClose: (() => void) | null;
}

function Chat({ model, isOpen, takesFocus, onClose }: ChatProps): JSX.Element {
  const state = useSnapshot(model.state);
  const { color } = state.settings;
  useEffect(() => {
    const { style } = document.documentElement;
    style.setProperty('--accent', color);
    style.setProperty('--on-accent', readableOn(color));
  }, [color]);
  return (
    <FileLinksContext.Provider value={model.fileLinks}>
      <Header model={model} state={state} onClose={onClose} />
      <ConnectionBanner model={model} state={state} />
      <main>
        <CurrentScreen model={model} state={state} isOpen={isOpen} takesFocus={takesFocus} />
      </main>
    </FileLinksContext.Provider>
  );
}

interface ScreenProps extends Omit<ChatProps, 'onClose'> {
  state: ChatState;
}

function CurrentScreen({ model, state, isOpen, takesFocus }: ScreenProps): JSX.Element {
  const { screen, error } = state;
  const shared = { model, state, isOpen };
  if (screen.name === 'list') return <ConversationListView {...shared} />;
  if (screen.name === 'conversation')
    return <ConversationView {...shared} id={screen.id} takesFocus={takesFocus} />;
  return error ? <ErrorNotice error={error} onRetry={() => model.tryNow()} /> : <LoadingRows />;
}

function PlainHeader({ onClose }: { onClose: (() => void) | null }): JSX.Element {
  return (
    <header class="header plain">
      <CloseButton onClose={onClose} />
    </header>
  );
}

function useEscape(onEscape: (() => void) | null): void {
  useEffect(() => {
    if (!onEscape) return;
    const listen = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.isComposing) onEscape();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [onEscape]);
}

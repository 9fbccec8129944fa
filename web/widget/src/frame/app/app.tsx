import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Language } from '../../protocol/messages.js';
import type { Session } from '../session.js';
import type { Observable } from '../observable.js';
import type { ChatModel, ChatState } from './chat-model.js';
import { ConnectionBanner } from './connection-banner.js';
import { FileLinksContext, LanguageContext, useLoadedLanguage } from './context.js';
import { ConversationView } from './conversation-view.js';
import { CloseButton, Header } from './header.js';
import { LoadingRows } from './loading-rows.js';
import { NewsView } from './news-view.js';
import { ErrorNotice } from './notice.js';
import { useSnapshot } from './use-snapshot.js';

/** What the page around is asked for; null on a page of its own. */
export interface Surroundings {
  close: () => void;
  open: (conversationId: string) => void;
  peek: (height: number) => void;
}

interface AppProps {
  session: Session;
  /** The language whose words are there. */
  loaded: Language;
  /** Comes with the boot. */
  chat: Observable<ChatModel | null>;
  around: Surroundings | null;
}

export function App({ session, loaded, chat, around }: AppProps): JSX.Element {
  const { phase, error, language: wanted, isOpen, takesFocus } = useSnapshot(session.state);
  const language = useLoadedLanguage(wanted, loaded);
  const model = useSnapshot(chat);
  const root = useRef<HTMLDivElement>(null);
  const onClose = useMemo(() => around && (() => closeAt(session, around)), [session, around]);
  useEscape(onClose);
  useEffect(() => {
    // On a phone the field would open the keyboard over what there is to read: there the heading is told instead.
    if (isOpen && !takesFocus) root.current?.querySelector<HTMLElement>('h1')?.focus();
  }, [isOpen, phase]);

  return (
    <LanguageContext.Provider value={language}>
      <div class="app" ref={root}>
        {model && <Chat {...{ model, isOpen, takesFocus, around, onClose }} />}
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

/** Not closed after the page's answer only: what comes in until then would not be shown to the visitor. */
function closeAt(session: Session, around: Surroundings): void {
  session.state.change({ isOpen: false });
  around.close();
}

interface ChatProps {
  model: ChatModel;
  isOpen: boolean;
  takesFocus: boolean;
  around: Surroundings | null;
  onClose: (() => void) | null;
}

function Chat({ model, isOpen, takesFocus, around, onClose }: ChatProps): JSX.Element {
  const state = useSnapshot(model.state);
  const { news } = state;
  return (
    <FileLinksContext.Provider value={model.fileLinks}>
      {news && around && !isOpen && (
        <NewsView news={news} model={model} onOpen={around.open} onHeight={around.peek} />
      )}
      {/* While only the newest message is shown, nobody may land in what is out of sight. */}
      <div class="messenger" inert={!isOpen}>
        <Header model={model} state={state} onClose={onClose} />
        <ConnectionBanner model={model} state={state} />
        <main>
          <CurrentScreen model={model} state={state} isOpen={isOpen} takesFocus={takesFocus} />
        </main>
      </div>
    </FileLinksContext.Provider>
  );
}

interface ScreenProps extends Omit<ChatProps, 'around' | 'onClose'> {
  state: ChatState;
}

function CurrentScreen({ model, state, isOpen, takesFocus }: ScreenProps): JSX.Element {
  const { screen, error } = state;
  if (screen.name === 'conversation')
    return <ConversationView {...{ model, state, isOpen, takesFocus }} id={screen.id} />;
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

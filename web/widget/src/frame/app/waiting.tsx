import type { JSX } from 'preact';
import type { Language } from '../../protocol/messages.js';
import { visitorLost } from '../session.js';
import { LanguageContext } from './context.js';
import { LoadingRows } from './loading-rows.js';
import { ErrorNotice } from './notice.js';

interface WaitingProps {
  language: Language;
  isAstray: boolean;
}

/** A page of its own that does not know yet, or does not find out, whose it is. */
export function Waiting({ language, isAstray }: WaitingProps): JSX.Element {
  return (
    <LanguageContext.Provider value={language}>
      <main class="app">
        {isAstray ? <ErrorNotice error={visitorLost()} onRetry={() => undefined} /> : <LoadingRows />}
      </main>
    </LanguageContext.Provider>
  );
}

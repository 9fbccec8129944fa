import type { JSX } from 'preact';
import type { Language } from '../../protocol/messages.js';
import { visitorLost } from '../session.js';
import { LanguageContext } from './context.js';
import { ErrorNotice } from './notice.js';

/** A page of its own that does not find out whose it is. */
export function Astray({ language }: { language: Language }): JSX.Element {
  return (
    <LanguageContext.Provider value={language}>
      <main class="app">
        <ErrorNotice error={visitorLost()} onRetry={() => undefined} />
      </main>
    </LanguageContext.Provider>
  );
}

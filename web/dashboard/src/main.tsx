import { createRoot } from 'react-dom/client';
import { StrictMode } from 'react';
import { App } from './app/app';
import { startI18n } from './lib/i18n/i18n';
import { followOtherTabs } from './lib/session';

followOtherTabs();
await startI18n();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

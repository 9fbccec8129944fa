import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach, beforeAll, vi } from 'vitest';
import { startI18n } from '../lib/i18n/i18n';
import { forgetSession } from '../lib/session';
import { endHeldFiles } from '../lib/held-files';

/** jsdom lays nothing out: without a size, virtual lists would show nothing. */
const VIEWPORT = { width: 1280, height: 800 };

class NoObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

function installLayout(): void {
  vi.stubGlobal('ResizeObserver', NoObserver);
  Object.defineProperties(HTMLElement.prototype, {
    offsetWidth: { configurable: true, get: () => VIEWPORT.width },
    offsetHeight: { configurable: true, get: () => VIEWPORT.height },
    clientHeight: { configurable: true, get: () => VIEWPORT.height },
  });
  HTMLElement.prototype.scrollTo = () => undefined;
  HTMLElement.prototype.scrollIntoView = () => undefined;
}

function installMedia(): void {
  const matches = (query: string) => {
    const least = /min-width:\s*([\d.]+)px/.exec(query);
    return least ? VIEWPORT.width >= Number(least[1]) : false;
  };
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: matches(query),
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    addListener: () => undefined,
    removeListener: () => undefined,
  }));
}

// Routes are loaded when first visited, which takes its time on a busy machine.
configure({ asyncUtilTimeout: 8_000 });
installLayout();
installMedia();

beforeAll(() => startI18n('en'));

afterEach(() => {
  cleanup();
  forgetSession();
  endHeldFiles();
  localStorage.clear();
});

import { afterEach, vi } from 'vitest';
import { cleanup } from '@testing-library/preact';

/** jsdom has no media queries; a mouse and a wide screen are assumed unless a spec says otherwise. */
if (typeof window !== 'undefined')
  window.matchMedia = vi.fn((query: string) => ({ matches: false, media: query })) as never;

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

import { renderHook } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { useKeepEnd } from './use-keep-end';

const CONTENT = 1_000;

describe('useKeepEnd', () => {
  let resized: () => void;
  let place: HTMLElement;
  let height: number;

  beforeEach(() => {
    vi.stubGlobal(
      'ResizeObserver',
      class {
        disconnect = vi.fn();
        observe = vi.fn();
        constructor(callback: () => void) {
          resized = callback;
        }
      },
    );
    height = 400;
    place = document.createElement('div');
    Object.defineProperties(place, {
      clientHeight: { get: () => height },
      scrollHeight: { get: () => CONTENT },
      scrollTop: { value: CONTENT - height, writable: true },
    });
    renderHook(() => useKeepEnd({ current: place }));
  });

  const becomes = (next: number) => {
    height = next;
    resized();
  };

  it('keeps what is at the end in sight when there is less room', () => {
    becomes(300);
    expect(place.scrollTop).toBe(700);
    becomes(100);
    expect(place.scrollTop).toBe(900);
  });

  it('leaves whoever reads further up where they are, and what has grown to the browser', () => {
    place.scrollTop = 400;
    becomes(300);
    expect(place.scrollTop).toBe(400);
    place.scrollTop = 700;
    becomes(400);
    expect(place.scrollTop).toBe(700);
  });
});

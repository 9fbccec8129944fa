import { useEffect, type RefObject } from 'react';

const NEAR_PX = 80;

/**
 * Whoever stands near the end stays as near when the place for it shrinks: a longer answer, files or a
 * keyboard would else cover the very message that is being answered.
 */
export function useKeepEnd(scroller: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    let height = element.clientHeight;
    const observer = new ResizeObserver(() => {
      const lost = height - element.clientHeight;
      height = element.clientHeight;
      const below = element.scrollHeight - height - element.scrollTop;
      // What has grown is filled by the browser itself.
      if (lost > 0 && below - lost <= NEAR_PX) element.scrollTop += lost;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
}

import type { KeyboardEvent } from 'react';

export const CONTENT_MAX = 8_000;

/** Enter alone also ends a syllable in an input method: that Enter must not send half a word. */
export function isSendKey(event: KeyboardEvent): boolean {
  const isComposing = event.nativeEvent.isComposing || event.keyCode === 229;
  return event.key === 'Enter' && !event.shiftKey && !isComposing;
}

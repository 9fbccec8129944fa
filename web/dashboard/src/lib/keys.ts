import type { KeyboardEvent } from 'react';

/** Keys that end or choose a syllable in an input method are not for us. */
export function isComposing(event: KeyboardEvent): boolean {
  return event.nativeEvent.isComposing || event.keyCode === 229;
}

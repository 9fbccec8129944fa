import type { KeyboardEvent } from 'react';
import { isComposing } from '../../../lib/keys';

export const CONTENT_MAX = 8_000;

/** Enter alone also ends a syllable in an input method: that Enter must not send half a word. */
export function isSendKey(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && !event.shiftKey && !isComposing(event);
}

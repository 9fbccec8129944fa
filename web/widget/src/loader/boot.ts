import type { BootView } from '@fast-light-chat/sdk';
import { introductionOf } from '../protocol/introduction.js';
import type { FrameBootOptions, Language } from '../protocol/messages.js';

const TIMEOUT_MS = 8_000;

/**
 * Boots without a frame, so that a page whose visitor never opens the chat loads none. Null where that does not work,
 * for whatever reason: the frame then boots by itself, and knows what to do about it.
 */
export async function bootAlone(
  origin: string,
  options: FrameBootOptions,
  language: Language,
  visitorToken: string | undefined,
): Promise<BootView | null> {
  try {
    const answer = await fetch(`${origin}/v1/widget/boot`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-plugin-key': options.pluginKey },
      body: JSON.stringify({ ...introductionOf(options), language, visitorToken }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return answer.ok ? ((await answer.json()) as BootView) : null;
  } catch {
    return null;
  }
}

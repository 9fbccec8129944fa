import type { BootView } from '@fast-light-chat/sdk';
import { introductionOf } from '../protocol/introduction.js';
import type { FrameBootOptions, Language } from '../protocol/messages.js';

/** For a server that has too much to do, or trouble, to be asked for more. */
const PAUSE_MS = 5_000;

/**
 * Boots without a frame, so that a page whose visitor never opens the chat loads none. A number where that does not
 * work, for whatever reason: after so many ms the frame may try, which knows what to do about it.
 */
export async function bootAlone(
  origin: string,
  options: FrameBootOptions,
  language: Language,
  visitorToken: string | undefined,
  signal: AbortSignal,
): Promise<BootView | number> {
  try {
    const answer = await fetch(`${origin}/v1/widget/boot`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-plugin-key': options.pluginKey },
      body: JSON.stringify({ ...introductionOf(options), language, visitorToken }),
      signal,
    });
    if (answer.ok) return (await answer.json()) as BootView;
    // Too many requests, and what is wrong on its side.
    return answer.status < 429 ? 0 : PAUSE_MS;
  } catch {
    return 0;
  }
}

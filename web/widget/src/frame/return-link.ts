import type { Arrival } from '../protocol/messages.js';

/**
 * The way back from a mail: `/widget/frame#pluginKey=…&visitorToken=…&userId=…&conversationId=…`, opened by itself.
 * Takes the signed part out of the address at once, so that it is in no history, bookmark or screenshot.
 */
export function takeReturnLink(self: Window = window): Arrival | null {
  const values = new URLSearchParams(self.location.hash.slice(1));
  const pluginKey = values.get('pluginKey');
  const visitorToken = values.get('visitorToken');
  if (!pluginKey || !visitorToken) return null;
  self.history.replaceState(null, '', self.location.pathname);
  const optional = (name: string) => values.get(name) ?? undefined;
  return { pluginKey, visitorToken, userId: optional('userId'), conversationId: optional('conversationId') };
}

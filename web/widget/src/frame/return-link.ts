/** The way back from a mail: `/widget/frame#pluginKey=…&visitorToken=…&conversationId=…`, opened by itself. */
export interface ReturnLink {
  pluginKey: string;
  /** Absent after a reload: the session has kept a newer one. */
  visitorToken?: string;
  conversationId?: string;
}

const KEPT = 'fast-light-chat:return';

/**
 * Takes the signed part out of the address at once, so that it is in no history, bookmark or screenshot.
 * Null inside a customer's page: there the page says who is in front of it.
 */
export function takeReturnLink(self: Window = window): ReturnLink | null {
  if (self.parent !== self) return null;
  const link = readFragment(self.location.hash);
  if (!link) return readKept(self);
  self.history.replaceState(null, '', self.location.pathname);
  self.sessionStorage.setItem(
    KEPT,
    JSON.stringify({ pluginKey: link.pluginKey, conversationId: link.conversationId }),
  );
  return link;
}

function readFragment(hash: string): ReturnLink | null {
  const values = new URLSearchParams(hash.slice(1));
  const pluginKey = values.get('pluginKey');
  const visitorToken = values.get('visitorToken');
  if (!pluginKey || !visitorToken) return null;
  return { pluginKey, visitorToken, conversationId: values.get('conversationId') ?? undefined };
}

function readKept(self: Window): ReturnLink | null {
  try {
    return JSON.parse(self.sessionStorage.getItem(KEPT) ?? 'null') as ReturnLink | null;
  } catch {
    return null;
  }
}

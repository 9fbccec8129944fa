import { toChatError } from '@fast-light-chat/sdk';

interface Fault {
  path: string;
  message: string;
}

type Parts = Record<string, Record<string, unknown> | undefined>;

/** What a page says about its visitor, and what they do; who it is can never be left out. */
const DISPENSABLE = ['profile', 'tags', 'page', 'properties'];

/**
 * Goes on without what the server refuses, of which the page is told in the console: an e-mail address with a slip in
 * it, say, is no reason to be without a chat.
 */
export async function forgivingly<R extends object, A>(
  command: string,
  request: R,
  ask: (request: R) => Promise<A>,
): Promise<A> {
  try {
    return await ask(request);
  } catch (error) {
    const rest = withoutFaults(command, request, error);
    if (!rest) throw error;
    return forgivingly(command, rest, ask);
  }
}

/** Null: there is nothing to leave out. */
function withoutFaults<R extends object>(command: string, request: R, error: unknown): R | null {
  const { code, details } = toChatError(error);
  if (code !== 'common.validation_failed' || !Array.isArray(details)) return null;
  const faults = details as Fault[];
  const rest = { ...request };
  if (faults.length === 0 || !faults.every(({ path }) => leaveOut(rest as Parts, path))) return null;
  for (const { path, message } of faults)
    console.warn(`FastLightChat: ${command} goes on without ${path}: ${message}.`);
  return rest;
}

/** False: it was not there, or has to be. */
function leaveOut(request: Parts, path: string): boolean {
  const [name = '', field = ''] = path.split('.');
  const part = request[name];
  if (!DISPENSABLE.includes(name) || !part) return false;
  const isOfPart = !Array.isArray(part) && part[field] !== undefined;
  request[name] = isOfPart ? { ...part, [field]: undefined } : undefined;
  return true;
}

import { toChatError, type BootRequest } from '@fast-light-chat/sdk';

interface Fault {
  path: string;
  message: string;
}

/** What a page says about its visitor; who it is can never be left out. */
const DISPENSABLE = ['profile', 'tags', 'page'] as const;

/**
 * What is left of a request without what the server refused in it, of which the page is told in the console: an
 * e-mail address with a slip in it, say, is no reason to be without a chat. Null: there is nothing to leave out.
 */
export function withoutFaults(request: BootRequest, error: unknown): BootRequest | null {
  const { code, details } = toChatError(error);
  if (code !== 'common.validation_failed' || !Array.isArray(details)) return null;
  const faults = details as Fault[];
  const rest: BootRequest = { ...request, ...(request.profile && { profile: { ...request.profile } }) };
  if (faults.length === 0 || !faults.every(({ path }) => leaveOut(rest, path))) return null;
  for (const { path, message } of faults)
    console.warn(`FastLightChat: boot goes on without ${path}: ${message}.`);
  return rest;
}

/** False: it was not there, or has to be. */
function leaveOut(request: BootRequest, path: string): boolean {
  const [name, field] = path.split('.');
  const known = DISPENSABLE.find((one) => one === name);
  if (!known || request[known] === undefined) return false;
  const isOfProfile = known === 'profile' && field !== undefined && field in request.profile!;
  return isOfProfile ? delete request.profile![field] : delete request[known];
}

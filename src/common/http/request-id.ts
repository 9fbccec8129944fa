import { newId } from '../ids.js';

const ACCEPTABLE = /^[\w-]{8,64}$/;

/** Takes over a caller's own id when it is harmless, so that a trace can cross services. */
export function requestIdFrom(header: string | string[] | undefined): string {
  return typeof header === 'string' && ACCEPTABLE.test(header) ? header : newId();
}

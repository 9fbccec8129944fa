import type { IncomingHttpHeaders } from 'node:http';
import type { CallOrigin } from '../../common/access/principal-resolver.js';

/** The widget's frame calls from this server's own origin and says which page it is on. */
export function callOriginOf(headers: IncomingHttpHeaders): CallOrigin {
  const { origin, 'x-parent-origin': parent } = headers;
  return { origin, parentOrigin: typeof parent === 'string' ? parent : undefined };
}

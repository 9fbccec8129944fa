import { ValidationFailed } from '../errors/common.errors.js';
import { isId } from '../ids.js';
import { decodeCursor, type PageQueryDto } from './page.js';

/** For lists in the order of ids: where the page before ended; null for the first one. */
export function afterIdOf({ cursor }: PageQueryDto): string | null {
  if (cursor === undefined) return null;
  const [id = ''] = decodeCursor(cursor, 1);
  if (!isId(id))
    throw new ValidationFailed([{ path: 'cursor', message: 'is not a cursor from an earlier page' }]);
  return id;
}

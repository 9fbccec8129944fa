import type { ByteRange } from '../../infrastructure/storage/object-storage.js';

/** `all` also for what is no range that we know: a client must then take everything. */
export function rangeOf(header: string | undefined, size: number): ByteRange | 'all' | 'unsatisfiable' {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? [];
  if (from === '' && to === '') return 'all';
  const start = from === '' ? Math.max(size - Number(to), 0) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (from !== '' && to !== '' && Number(to) < Number(from)) return 'all';
  const isEmptyTail = from === '' && Number(to) === 0;
  return start >= size || isEmptyTail ? 'unsatisfiable' : { start, end };
}

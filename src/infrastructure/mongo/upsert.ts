import type { mongo } from 'mongoose';

const DUPLICATE_KEY = 11_000;

/** A unique index refused the write: the document is there already. */
export function isDuplicateKey(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === DUPLICATE_KEY;
}

/**
 * Writes with `upsert`, once more where another has inserted the same document in that moment. MongoDB does this by itself
 * only where a filter names nothing but a unique key, and ours name the tenant as well.
 *
 * @param write - filters by a unique key; it is called at most twice.
 */
export async function upsert<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return write();
  }
}

/**
 * {@link upsert} for many at once, in any order. Of those that were written already none is written again, so that they
 * may also add to what is there.
 */
export async function upsertAll<T extends mongo.Document>(
  collection: mongo.Collection<T>,
  updates: readonly mongo.AnyBulkWriteOperation<T>[],
  options: mongo.BulkWriteOptions = {},
): Promise<void> {
  const write = (some: readonly mongo.AnyBulkWriteOperation<T>[]) =>
    collection.bulkWrite([...some], { ...options, ordered: false });
  try {
    await write(updates);
  } catch (error) {
    const { writeErrors = [] } = error as { writeErrors?: readonly mongo.WriteError[] };
    if (writeErrors.length === 0 || !writeErrors.every(isDuplicateKey)) throw error;
    await write(writeErrors.map(({ index }) => updates[index]!));
  }
}

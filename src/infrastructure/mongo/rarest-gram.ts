import { withDeadline } from './deadline.js';

/** What occurs as often as this is not counted further. */
export const MANY = 1_000;
/** Of a long text some say enough. */
const MOST_COUNTED = 12;

/** A collection whose documents have `organizationId` and the grams in `search`. */
interface Searchable {
  countDocuments(filter: object, options: { limit: number }): Promise<number>;
}

export interface RarestGram {
  gram: string;
  /** At most MANY. */
  count: number;
}

/**
 * An index over grams is read from one of them alone, and what has it is then looked at: with the rarest that is
 * little. Left to itself the store tries them one by one.
 */
export async function rarestGram(
  documents: Searchable,
  organizationId: string,
  grams: readonly string[],
): Promise<RarestGram | null> {
  const counted = await Promise.all(
    grams.slice(0, MOST_COUNTED).map(async (gram) => {
      const count = documents.countDocuments({ organizationId, search: gram }, { limit: MANY });
      return { gram, count: await withDeadline(count) };
    }),
  );
  return counted.reduce<RarestGram | null>(
    (rarest, one) => (rarest && rarest.count <= one.count ? rarest : one),
    null,
  );
}

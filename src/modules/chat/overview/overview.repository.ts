import type { Scope } from '../../../common/access/principal.js';
import type { DurationFigures } from '../../../contracts/overview.js';

/** More than a day has of them in one organization; of more, the newest are looked at. */
export const LOOKED_AT = 20_000;

export interface OverviewFigures {
  created: number;
  resolved: number;
  waiting: number;
  /** Since when the one waits who has waited longest. */
  waitingSince: Date | null;
  firstResponseMs: DurationFigures;
  resolutionMs: DurationFigures;
  rating: { average: number | null; count: number };
}

/** Of support conversations. */
export abstract class OverviewRepository {
  abstract figures(scope: Scope, from: Date): Promise<OverviewFigures>;
}

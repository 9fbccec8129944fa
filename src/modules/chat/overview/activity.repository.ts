import type { EnvironmentScope, Scope } from '../../../common/access/principal.js';

/** What happened in one environment in one hour. */
export interface ActivityHour extends EnvironmentScope {
  /** When the hour began. */
  at: Date;
  messages: number;
  conversations: number;
}

export abstract class ActivityRepository {
  /** On top of what is counted already. */
  abstract add(hours: readonly ActivityHour[]): Promise<void>;
  /** Of all environments in the scope together, in order; hours in which nothing happened are left out. */
  abstract perHour(
    scope: Scope,
    from: Date,
    to: Date,
  ): Promise<Pick<ActivityHour, 'at' | 'messages' | 'conversations'>[]>;
}

import type { Scope } from '../../../common/access/principal.js';
import { ActivityRepository, type ActivityHour } from '../overview/activity.repository.js';
import { hourOf } from '../overview/overview.js';

export class InMemoryActivityRepository extends ActivityRepository {
  private readonly stored: ActivityHour[] = [];

  async add(hours: readonly ActivityHour[]): Promise<void> {
    this.stored.push(...hours);
  }

  async perHour({ organizationId, environmentId }: Scope, from: Date, to: Date) {
    const within = this.stored.filter(
      (hour) =>
        hour.organizationId === organizationId &&
        (environmentId === undefined || hour.environmentId === environmentId) &&
        hour.at >= hourOf(from) &&
        hour.at <= to,
    );
    return [...Map.groupBy(within, ({ at }) => at.getTime())]
      .sort(([a], [b]) => a - b)
      .map(([at, hours]) => ({
        at: new Date(at),
        messages: hours.reduce((sum, { messages }) => sum + messages, 0),
        conversations: hours.reduce((sum, { conversations }) => sum + conversations, 0),
      }));
  }
}

import { Injectable } from '@nestjs/common';
import { scopeOf, type AgentPrincipal, type Scope } from '../../../common/access/principal.js';
import { Clock } from '../../../common/clock.js';
import { FreshCache } from '../../../common/fresh-cache.js';
import type { OverviewView } from '../../../contracts/overview.js';
import { AgentService } from '../../agent/agent.service.js';
import { OrganizationService } from '../../organization/organization.service.js';
import { ActivityRepository } from './activity.repository.js';
import { beginningOf, hoursBetween } from './overview.js';
import { OverviewRepository, type OverviewFigures } from './overview.repository.js';

/** Everybody of an organization looks at the same figures, and nobody needs them to the second. */
const FRESH_MS = 30_000;

@Injectable()
export class OverviewService {
  private readonly cache = new FreshCache<OverviewView>(1_000, FRESH_MS, 2 * FRESH_MS);

  constructor(
    private readonly overviews: OverviewRepository,
    private readonly activity: ActivityRepository,
    private readonly agents: AgentService,
    private readonly organizations: OrganizationService,
    private readonly clock: Clock,
  ) {}

  /** Up to half a minute old. */
  async read(principal: AgentPrincipal, days: number, environmentId?: string): Promise<OverviewView> {
    const scope = scopeOf(principal, environmentId);
    const key = `${scope.organizationId} ${environmentId ?? ''} ${days}`;
    return (await this.cache.get(key, () => this.compute(scope, days)))!;
  }

  private async compute(scope: Scope, days: number): Promise<OverviewView> {
    const { timeZone } = (await this.organizations.get(scope.organizationId)).settings;
    const now = this.clock.now();
    const from = beginningOf(days, timeZone, now);
    const [figures, perHour, online] = await Promise.all([
      this.overviews.figures(scope, from),
      this.perHour(scope, from, now),
      this.online(scope.organizationId),
    ]);
    return {
      from: from.toISOString(),
      to: now.toISOString(),
      timeZone,
      ...toView(figures, now),
      perHour,
      online,
    };
  }

  private async perHour(scope: Scope, from: Date, to: Date): Promise<OverviewView['perHour']> {
    const found = await this.activity.perHour(scope, from, to);
    const byHour = new Map(found.map((hour) => [hour.at.getTime(), hour]));
    return hoursBetween(from, to).map((at) => {
      const { messages = 0, conversations = 0 } = byHour.get(at.getTime()) ?? {};
      return { at: at.toISOString(), messages, conversations };
    });
  }

  private async online(organizationId: string): Promise<OverviewView['online']> {
    const agents = await this.agents.listPresent(organizationId);
    return agents.map(({ id, name, avatarUrl, presence }) => ({ id, name, avatarUrl, presence }));
  }
}

function toView(figures: OverviewFigures, now: Date) {
  const { created, resolved, waiting, waitingSince, firstResponseMs, resolutionMs, rating } = figures;
  const longestWaitMs = waitingSince && Math.max(now.getTime() - waitingSince.getTime(), 0);
  const conversations = { created, resolved, waitingNow: waiting, longestWaitMs };
  return { conversations, firstResponseMs, resolutionMs, rating };
}

import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Job, Queue } from 'bullmq';
import { Clock } from '../../common/clock.js';
import { NotFound, Unavailable, ValidationFailed } from '../../common/errors/common.errors.js';
import { decodeCursor, toPage } from '../../common/http/page.js';
import type { Page } from '../../contracts/common.js';
import type { FailedJobView, QueuesView, QueueView } from '../../contracts/operations.js';
import { Backlog } from './backlog.js';
import { foundQueues } from './found-queues.js';

export interface FailedListing {
  limit: number;
  cursor?: string;
}

interface Placed {
  job: Job;
  /** Where the next page begins. */
  next: number;
}

const STATES = ['waiting', 'active', 'delayed', 'failed'] as const;
const CHUNK = 200;
/** Further back nobody looks: what failed is thrown away after a week. */
const LOOKED_AT = 4_000;
const REASON_CHARACTERS = 300;
/** A credential in an address, or behind a key: an error's text may repeat what it was given. */
const SECRETS = /(\/\/)[^/@\s]+@|((?:secret|token|password|signature)["']?\s*[:=]\s*["']?)[^\s"',&}]+/gi;

/** What the workers have to do. Figures are of the whole installation; jobs are shown to whom they belong. */
@Injectable()
export class QueueOverviewService {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly backlog: Backlog,
    private readonly clock: Clock,
  ) {}

  /** Throws Unavailable while Redis is away. */
  async read(): Promise<QueuesView> {
    const queues = [...foundQueues(this.discovery).values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    const [items, { overdue, since }] = await Promise.all([
      orUnavailable(Promise.all(queues.map((queue) => this.viewOf(queue)))),
      this.backlog.read(),
    ]);
    return { items, backlog: { overdue, oldestOverdueMs: since && this.ageOf(since.getTime()) } };
  }

  /** Those of the organization, the latest first. Throws NotFound, Unavailable. */
  async failed(
    organizationId: string,
    name: string,
    { limit, cursor }: FailedListing,
  ): Promise<Page<FailedJobView>> {
    const queue = this.find(name);
    const start = cursor === undefined ? 0 : placeFrom(cursor);
    const found = await orUnavailable(failedOf(queue, organizationId, start, limit + 1));
    const page = toPage(found, limit, ({ next }) => [String(next)]);
    return { ...page, items: page.items.map(({ job }) => toFailedView(job)) };
  }

  /** Throws NotFound also for another organization's, and for one that has not failed. */
  async retry(organizationId: string, name: string, jobId: string): Promise<void> {
    const job = await orUnavailable<Job | undefined>(this.find(name).getJob(jobId));
    if (!job || !isOf(organizationId, job) || !(await orUnavailable(job.isFailed()))) {
      throw new NotFound('queue');
    }
    await orUnavailable(job.retry('failed', { resetAttemptsMade: true }));
  }

  private find(name: string): Queue {
    const queue = foundQueues(this.discovery).get(name);
    if (!queue) throw new NotFound('queue');
    return queue;
  }

  private async viewOf(queue: Queue): Promise<QueueView> {
    const [counts, paused, [oldest]] = await Promise.all([
      queue.getJobCounts(...STATES),
      queue.isPaused(),
      queue.getWaiting(0, 0),
    ]);
    const [waiting = 0, active = 0, delayed = 0, failed = 0] = STATES.map((state) => counts[state]);
    const oldestWaitingMs = oldest ? this.ageOf(oldest.timestamp + oldest.delay) : null;
    return { name: queue.name, waiting, active, delayed, failed, oldestWaitingMs, paused };
  }

  private ageOf(since: number): number {
    return Math.max(0, this.clock.now().getTime() - since);
  }
}

/** Other tenants' jobs are in the same queue: they are passed over. */
async function failedOf(
  queue: Queue,
  organizationId: string,
  start: number,
  wanted: number,
): Promise<Placed[]> {
  const found: Placed[] = [];
  for (let from = start; from < LOOKED_AT && found.length < wanted; from += CHUNK) {
    const jobs = await queue.getFailed(from, from + CHUNK - 1);
    jobs.forEach((job, index) => {
      if (isOf(organizationId, job)) found.push({ job, next: from + index + 1 });
    });
    if (jobs.length < CHUNK) break;
  }
  return found.slice(0, wanted);
}

function isOf(organizationId: string, { data }: Job): boolean {
  return (data as { organizationId?: unknown }).organizationId === organizationId;
}

function toFailedView({ id = '', name, failedReason, attemptsMade, finishedOn = 0 }: Job): FailedJobView {
  return {
    id,
    name,
    failedReason: shortened(failedReason),
    attempts: attemptsMade,
    failedAt: new Date(finishedOn).toISOString(),
  };
}

function shortened(reason = ''): string {
  const [line = ''] = reason.split('\n');
  return [...line.replace(SECRETS, '$1$2…')].slice(0, REASON_CHARACTERS).join('');
}

function placeFrom(cursor: string): number {
  const [place = ''] = decodeCursor(cursor, 1);
  if (!/^\d{1,9}$/.test(place)) {
    throw new ValidationFailed([{ path: 'cursor', message: 'is not a cursor from an earlier page' }]);
  }
  return Number(place);
}

/** A queue that does not answer is one reason: Redis is away. */
async function orUnavailable<T>(answer: Promise<T>): Promise<T> {
  return answer.catch(() => {
    throw new Unavailable();
  });
}

import { offlineError, type ChatError } from '../chat-error.js';
import { createClientId } from '../client-id.js';
import type { Line, LineHooks } from '../line.js';
import type { SelfRef } from '../types.js';
import { Election } from './election.js';
import { TabFollower } from './follower.js';
import { TabLeader } from './leader.js';
import type { TabChannel, Tabs } from './tabs.js';

export interface MemberOptions {
  tabs: Tabs;
  /** Of those who share. */
  name: string;
  self: SelfRef;
  now: () => number;
  openOwn(hooks: LineHooks): Line;
}

/** One stay of a tab among the tabs that share a socket: it follows until it is its turn to lead. */
export class TabMember {
  private readonly id = createClientId();
  private readonly channel: TabChannel;
  private readonly election: Election;
  private role: TabFollower | TabLeader | null = null;
  private term = 0;
  private endLife: (() => void) | null = null;
  private hasLeft = false;

  constructor(
    private readonly options: MemberOptions,
    private readonly hooks: LineHooks,
  ) {
    const { tabs, name } = options;
    this.channel = tabs.openChannel(name, (message) => this.role?.receive(message));
    this.election = new Election(tabs.locks, `${name}|leader`, {
      onElected: () => this.lead(),
      onDeposed: () => this.follow(),
      onRefused: () => this.lead(),
    });
    this.beginLife();
  }

  get retryAt(): number | null {
    return this.role?.retryAt ?? null;
  }

  get error(): ChatError | null {
    return this.role?.error ?? null;
  }

  call(event: string, request: unknown): Promise<unknown> {
    return this.role?.call(event, request) ?? Promise.reject(offlineError());
  }

  wake(): void {
    this.role?.wake();
  }

  drop(): void {
    this.role?.drop();
  }

  leave(): void {
    this.hasLeft = true;
    this.role?.end();
    this.role = null;
    this.election.withdraw();
    this.endLife?.();
    this.channel.close();
  }

  /** The lock by which the others know that this tab lives. Without locks it serves itself. */
  private beginLife(): void {
    const live = (): Promise<void> =>
      new Promise((resolve) => {
        if (this.hasLeft) return resolve();
        this.endLife = resolve;
        this.follow();
      });
    this.options.tabs.locks.request(this.lifeOf(this.id), {}, live).catch(() => {
      if (!this.hasLeft) this.lead();
    });
  }

  private follow(): void {
    this.role?.end();
    this.role = new TabFollower(
      {
        id: this.id,
        post: (message) => this.channel.post(message),
        onSilence: () => this.election.takeOver(),
      },
      this.hooks,
    );
    this.election.stand();
  }

  private lead(): void {
    const term = Math.max(this.termSeen() + 1, this.options.now());
    this.term = term;
    this.role?.end();
    this.role = new TabLeader(
      {
        id: this.id,
        self: this.options.self,
        post: (message) => this.channel.post({ ...message, from: this.id, term }),
        openOwn: (hooks) => this.options.openOwn(hooks),
        locks: this.options.tabs.locks,
        lifeOf: (tab) => this.lifeOf(tab),
      },
      this.hooks,
    );
  }

  private termSeen(): number {
    return this.role instanceof TabFollower ? Math.max(this.role.term, this.term) : this.term;
  }

  private lifeOf(tab: string): string {
    return `${this.options.name}|${tab}`;
  }
}

import { Connection } from '../connection.js';
import { offlineError, type ChatError } from '../chat-error.js';
import type { Line, LineHooks, LineOptions, OpenLine } from '../line.js';
import type { CallAnswer, CallRequest, ConnectionState, SelfRef } from '../types.js';
import type { ClientToServerEvents, Hello } from '../wire.js';
import { TabMember } from './member.js';
import { groupName } from './messages.js';
import { browserTabs, type Tabs } from './tabs.js';

export interface SharedLineOptions extends LineOptions {
  self: SelfRef;
  tabs: Tabs;
  openOwn: OpenLine;
}

/** The socket that all tabs of a person share, as a line of one's own. */
export class SharedLine implements Line {
  state: ConnectionState = 'idle';
  error: ChatError | null = null;
  private member: TabMember | null = null;
  private hasBeenOnline = false;
  private unwatchLife: () => void = () => undefined;

  constructor(
    private readonly options: SharedLineOptions,
    private readonly hooks: LineHooks,
  ) {}

  get retryAt(): number | null {
    return this.member?.retryAt ?? null;
  }

  connect(): void {
    if (this.state !== 'idle') return this.wake();
    // Not before: the client's own listeners come first, and what they say while the page goes still has a line.
    this.unwatchLife = this.options.tabs.watchLife({
      onLeave: () => this.leave(),
      onReturn: () => this.enter(),
    });
    this.setState('connecting');
    this.enter();
  }

  wake(): void {
    this.member?.wake();
  }

  drop(): void {
    this.member?.drop();
  }

  destroy(): void {
    this.stateHeard('ended');
  }

  call<E extends keyof ClientToServerEvents>(event: E, request: CallRequest<E>): Promise<CallAnswer<E>> {
    if (!this.member) return Promise.reject(offlineError());
    return this.member.call(event, request) as Promise<CallAnswer<E>>;
  }

  private enter(): void {
    if (this.member || this.state === 'ended') return;
    const { tabs, self, now, url, openOwn } = this.options;
    this.member = new TabMember(
      { tabs, self, now, name: groupName(url, self), openOwn: (hooks) => openOwn(this.options, hooks) },
      {
        onState: (state) => this.stateHeard(state),
        onHello: (hello) => this.helloHeard(hello),
        onFact: (event, fact) => this.factHeard(event, fact),
      },
    );
  }

  private leave(): void {
    this.member?.leave();
    this.member = null;
    if (this.state !== 'ended') this.setState('reconnecting');
  }

  private stateHeard(state: ConnectionState): void {
    if (this.state === 'ended') return;
    this.error = this.member?.error ?? null;
    this.hasBeenOnline ||= state === 'online';
    this.setState(state === 'connecting' && this.hasBeenOnline ? 'reconnecting' : state);
    if (state !== 'ended') return;
    this.unwatchLife();
    this.leave();
  }

  /** Whose token it is can change under one's feet. Nobody hears what is said to somebody else. */
  private helloHeard(hello: Hello): void {
    const { type, id } = this.options.self;
    if (hello.principal.type === type && hello.principal.id === id) this.hooks.onHello(hello);
    else this.stateHeard('ended');
  }

  private factHeard(event: string, fact: unknown): void {
    if (this.state !== 'ended') this.hooks.onFact(event, fact);
  }

  private setState(state: ConnectionState): void {
    this.state = state;
    this.hooks.onState(state);
  }
}

/** Where tabs cannot find each other, each has a socket of its own. */
export function openSharedLine(
  self: SelfRef,
  tabs: Tabs | null = browserTabs(),
  openOwn: OpenLine = (options, hooks) => new Connection(options, hooks),
): OpenLine {
  return (options, hooks) =>
    tabs ? new SharedLine({ ...options, self, tabs, openOwn }, hooks) : openOwn(options, hooks);
}

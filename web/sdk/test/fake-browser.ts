import type { TabMessage } from '../src/tabs/messages.js';
import type { TabChannel, TabLocks, Tabs } from '../src/tabs/tabs.js';

interface LockRequest {
  tab: FakeTab;
  hold: () => Promise<void>;
  reject: (error: Error) => void;
  resolve: () => void;
}

interface OpenChannel {
  tab: FakeTab;
  name: string;
  onMessage: (message: TabMessage) => void;
}

/** Tabs of one browser in virtual time: with its locks, its channels, and its habit of freezing and killing tabs. */
export class FakeBrowser {
  readonly said: TabMessage[] = [];
  private readonly holders = new Map<string, LockRequest>();
  private readonly queues = new Map<string, LockRequest[]>();
  private channels: OpenChannel[] = [];

  openTab(): FakeTab {
    return new FakeTab(this);
  }

  open(channel: OpenChannel): TabChannel {
    this.channels.push(channel);
    return {
      post: (message) => this.post(channel, message),
      close: () => void (this.channels = this.channels.filter((one) => one !== channel)),
    };
  }

  request(name: string, request: LockRequest, { signal, steal }: { signal?: AbortSignal; steal?: boolean }) {
    const queue = this.queues.get(name) ?? [];
    this.queues.set(name, queue);
    if (steal) {
      this.holders.get(name)?.reject(new DOMException('stolen', 'AbortError'));
      return this.grant(name, request);
    }
    signal?.addEventListener('abort', () => {
      if (queue.includes(request)) request.reject(signal.reason as Error);
      this.queues.set(name, remove(queue, request));
    });
    queue.push(request);
    this.next(name);
  }

  /** As when its process dies: nobody says anything. */
  killed(tab: FakeTab): void {
    this.channels = this.channels.filter((one) => one.tab !== tab);
    for (const queue of this.queues.values()) remove(queue, ...queue.filter((one) => one.tab === tab));
    for (const [name, holder] of this.holders) if (holder.tab === tab) this.releaseOf(name, holder);
  }

  private post(from: OpenChannel, message: TabMessage): void {
    if (!from.tab.isAlive || !this.channels.includes(from)) return;
    this.said.push(message);
    from.tab.whenAwake(() => {
      for (const to of this.channels) {
        if (to === from || to.name !== from.name) continue;
        const copy = structuredClone(message);
        setTimeout(() => to.tab.whenAwake(() => this.channels.includes(to) && to.onMessage(copy)), 1);
      }
    });
  }

  private next(name: string): void {
    if (this.holders.has(name)) return;
    const request = this.queues.get(name)?.shift();
    if (request) this.grant(name, request);
  }

  private grant(name: string, request: LockRequest): void {
    this.holders.set(name, request);
    setTimeout(() => {
      if (this.holders.get(name) !== request) return;
      const release = (): void => {
        request.resolve();
        this.releaseOf(name, request);
      };
      request.hold().then(release, release);
    }, 1);
  }

  private releaseOf(name: string, request: LockRequest): void {
    if (this.holders.get(name) !== request) return;
    this.holders.delete(name);
    this.next(name);
  }
}

export class FakeTab implements Tabs {
  isAlive = true;
  private isFrozen = false;
  private missed: (() => void)[] = [];
  private life: { onLeave: () => void; onReturn: () => void } | null = null;

  constructor(private readonly browser: FakeBrowser) {}

  readonly locks: TabLocks = {
    request: (name, options, hold) =>
      new Promise((resolve, reject) =>
        this.browser.request(
          name,
          { tab: this, hold, resolve, reject: (error) => this.whenAwake(() => reject(error)) },
          options,
        ),
      ),
  };

  openChannel(name: string, onMessage: (message: TabMessage) => void): TabChannel {
    return this.browser.open({ tab: this, name, onMessage });
  }

  watchLife(life: { onLeave: () => void; onReturn: () => void }): () => void {
    this.life = life;
    return () => (this.life = null);
  }

  /** With the event that browsers announce it by, or without, as a debugger does. */
  freeze(announced: boolean): void {
    if (announced) this.life?.onLeave();
    this.isFrozen = true;
  }

  thaw(announced: boolean): void {
    this.isFrozen = false;
    for (const run of this.missed.splice(0)) run();
    if (announced) this.life?.onReturn();
  }

  kill(): void {
    this.isAlive = false;
    this.browser.killed(this);
  }

  whenAwake(run: () => void): void {
    if (!this.isAlive) return;
    if (this.isFrozen) this.missed.push(run);
    else run();
  }
}

/** In place, so that whoever holds the list sees it. */
function remove<T>(list: T[], ...gone: T[]): T[] {
  for (const one of gone) if (list.includes(one)) list.splice(list.indexOf(one), 1);
  return list;
}

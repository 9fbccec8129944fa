import type { SocketAuth } from './wire.js';

type Reason = 'connect' | 'expired';

/** The last credentials of the application, for the socket and for REST alike; asks one question at a time. */
export class Credentials {
  private current: SocketAuth | null = null;
  private asking: { reason: Reason; answer: Promise<SocketAuth> } | null = null;

  constructor(private readonly ask: (reason: Reason) => Promise<SocketAuth>) {}

  async get(reason: Reason): Promise<SocketAuth> {
    this.current = await (this.underWay(reason) ?? this.askNow(reason));
    return this.current;
  }

  async headers(): Promise<Record<string, string>> {
    const auth = this.current ?? (await this.get('connect'));
    if ('token' in auth) return { authorization: `Bearer ${auth.token}` };
    return { 'x-plugin-key': auth.pluginKey, 'x-user-token': auth.userToken };
  }

  /** For a request that was refused: true when there is something new to try with. */
  async renew(): Promise<boolean> {
    return this.get('expired').then(
      () => true,
      () => false,
    );
  }

  /** An answer that takes too long is not waited for by those who ask from now on. */
  abandon(): void {
    this.asking = null;
  }

  /** Fresh ones serve everybody; who was just refused has no use for those that are there. */
  private underWay(reason: Reason): Promise<SocketAuth> | undefined {
    if (!this.asking || (reason === 'expired' && this.asking.reason === 'connect')) return undefined;
    return this.asking.answer;
  }

  private askNow(reason: Reason): Promise<SocketAuth> {
    const asking = { reason, answer: this.ask(reason) };
    this.asking = asking;
    return asking.answer.finally(() => {
      if (this.asking === asking) this.asking = null;
    });
  }
}

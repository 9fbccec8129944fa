import type { SocketAuth } from './wire.js';

type Reason = 'connect' | 'expired';

interface Question {
  reason: Reason;
  order: number;
  answer: Promise<SocketAuth>;
}

/** The last credentials of the application, for the socket and for REST alike; asks one question at a time. */
export class Credentials {
  private current: SocketAuth | null = null;
  private currentOrder = 0;
  private asks = 0;
  private asking: Question | null = null;

  constructor(private readonly ask: (reason: Reason) => Promise<SocketAuth>) {}

  async get(reason: Reason): Promise<SocketAuth> {
    const { order, answer } = this.underWay(reason) ?? this.askNow(reason);
    const auth = await answer;
    if (order >= this.currentOrder) {
      this.current = auth;
      this.currentOrder = order;
    }
    return auth;
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
  private underWay(reason: Reason): Question | null {
    return reason === 'expired' && this.asking?.reason === 'connect' ? null : this.asking;
  }

  private askNow(reason: Reason): Question {
    this.asks += 1;
    const asking: Question = { reason, order: this.asks, answer: this.ask(reason) };
    this.asking = asking;
    const isOver = (): void => {
      if (this.asking === asking) this.asking = null;
    };
    asking.answer.then(isOver, isOver);
    return asking;
  }
}

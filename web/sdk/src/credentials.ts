import type { SocketAuth } from './wire.js';

/** The last credentials of the application, for the socket and for REST alike; asks one question at a time. */
export class Credentials {
  private current: SocketAuth | null = null;
  private asking: Promise<SocketAuth> | null = null;

  constructor(private readonly ask: (reason: 'connect' | 'expired') => Promise<SocketAuth>) {}

  async get(reason: 'connect' | 'expired'): Promise<SocketAuth> {
    this.asking ??= this.ask(reason).finally(() => {
      this.asking = null;
    });
    this.current = await this.asking;
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
}

import { setTimeout as sleep } from 'node:timers/promises';
import { call, connect, type Client } from './people.js';
import { sendPlain } from './plain-wire.js';
import type { Tenant } from './tenant.js';

const EVERY_MS = 100;

/** Somebody of another tenant who goes on working, and remembers each time that this did not go well. */
export class Bystander {
  readonly complaints: string[] = [];
  answers = 0;
  worstMs = 0;
  private isHere = true;

  private constructor(
    private readonly url: string,
    private readonly tenant: Tenant,
    private readonly client: Client,
  ) {}

  static async connect(url: string, tenant: Tenant): Promise<Bystander> {
    const client = await connect(url, { token: tenant.owner.accessToken });
    const bystander = new Bystander(url, tenant, client);
    client.on('disconnect', (reason) => bystander.isHere && bystander.complaints.push(reason));
    void bystander.goOn();
    return bystander;
  }

  leave(): void {
    this.isHere = false;
    this.client.disconnect();
  }

  private async goOn(): Promise<void> {
    for (; this.isHere; await sleep(EVERY_MS)) {
      await this.timed('ping', async () => (await call(this.client, 'ping', {})).ok);
      await this.timed('read', async () => (await this.read()).status === 200);
    }
  }

  private read() {
    const path = `/v1/conversations/${this.tenant.ids['conversations']}/messages`;
    return sendPlain(this.url, { method: 'get', path, headers: this.tenant.as.owner, body: null });
  }

  private async timed(name: string, work: () => Promise<boolean>): Promise<void> {
    const startedAt = performance.now();
    const isGood = await work().catch((error: unknown) => String(error));
    if (!this.isHere) return;
    if (isGood !== true) this.complaints.push(`${name}: ${isGood}`);
    this.answers++;
    this.worstMs = Math.max(this.worstMs, performance.now() - startedAt);
  }
}

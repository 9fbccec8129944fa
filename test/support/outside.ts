import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import { Proxy } from '../faults/rig/proxy.js';
import { startMailServer, type MailServer } from './mail-server.js';
import { startPushReceiver, type PushReceiver } from './push-receiver.js';
import { answering, WebhookReceiver } from './webhook-receiver.js';

const BUCKET = 'chat-files';
const GONE = '/gone';

/** Whatever a worker talks to outside of the product. All of it can fall silent at once: it takes, and never answers. */
export class Outside {
  /** Paths of pages that were asked for. */
  readonly asked: string[] = [];
  private isSilent = false;

  private constructor(
    readonly mails: MailServer,
    readonly pushes: PushReceiver,
    readonly hooks: WebhookReceiver,
    private readonly site: Server,
    private readonly bucket: S3rver,
    private readonly wayToBucket: Proxy,
    private readonly bucketPort: number,
    private readonly folder: string,
  ) {
    hooks.behaviour = (response, { path }) => {
      if (path === GONE) answering(410)(response, hooks.received.at(-1)!);
      else if (!this.isSilent) response.end('ok');
    };
    site.on('request', ({ url = '' }, response) => {
      this.asked.push(url);
      if (!this.isSilent) response.setHeader('content-type', 'text/html').end('<title>Returns</title>');
    });
  }

  static async start(vapidKey: () => string): Promise<Outside> {
    const folder = mkdtempSync(join(tmpdir(), 'flc-outside-'));
    const configureBuckets = [{ name: BUCKET, configs: [] }];
    const bucket = new S3rver({ port: 0, silent: true, directory: folder, configureBuckets });
    const { port } = await bucket.run();
    const site = createServer().listen(0, '127.0.0.1');
    await once(site, 'listening');
    const [mails, pushes] = [await startMailServer(), await startPushReceiver(vapidKey)];
    const way = await Proxy.to({ host: '127.0.0.1', port });
    return new Outside(mails, pushes, await WebhookReceiver.start(), site, bucket, way, port, folder);
  }

  /** A webhook that is not there any more. */
  get goneUrl(): string {
    return this.hooks.urlOf(GONE);
  }

  get pagesUrl(): string {
    return `http://localhost:${(this.site.address() as AddressInfo).port}`;
  }

  /** The way of a worker to its files can fall silent; those who upload have one of their own. */
  settingsFor(process: 'api' | 'worker'): Record<string, string> {
    const port = process === 'worker' ? this.wayToBucket.port : this.bucketPort;
    return {
      SMTP_URL: this.mails.url,
      FETCH_LOCALHOST: 'true',
      FILE_STORAGE: 's3',
      S3_BUCKET: BUCKET,
      S3_ENDPOINT: `http://127.0.0.1:${port}`,
      S3_ACCESS_KEY_ID: 'S3RVER',
      S3_SECRET_ACCESS_KEY: 'S3RVER',
      S3_PATH_STYLE: 'true',
    };
  }

  fallSilent(): void {
    this.isSilent = true;
    this.mails.answerWith('stall');
    this.pushes.answerWith('stall');
    this.wayToBucket.blackHole();
  }

  async recover(): Promise<void> {
    this.isSilent = false;
    this.mails.answerWith('accept');
    this.pushes.answerWith(null);
    await this.wayToBucket.heal();
  }

  async stop(): Promise<void> {
    this.site.closeAllConnections();
    this.site.close();
    this.wayToBucket.close();
    await Promise.all([this.mails.stop(), this.pushes.stop(), this.hooks.stop(), this.bucket.close()]);
    rmSync(this.folder, { recursive: true });
  }
}

import { afterAll, afterEach, beforeAll } from '@jest/globals';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { startCluster, type Cluster } from './app.js';
import { launchBrowser, logIn, openPage, wordsOf, type Look } from './browser.js';

/** What stories in a browser are played on: nodes and a browser of their own, from before the first to after the last. Its pages end with each story. */
export class Stage {
  cluster!: Cluster;
  browser!: Browser;

  constructor(nodes: number, settings: Record<string, string> = {}) {
    beforeAll(async () => {
      this.cluster = await startCluster(nodes, settings);
      this.browser = await launchBrowser();
    }, 60_000);
    // Also those of a story that failed: who stays in a conversation is seen there by the next one.
    afterEach(async () => {
      await Promise.all(this.browser.contexts().map((context) => context.close()));
    });
    afterAll(async () => {
      await this.browser.close();
      await this.cluster.stop();
    });
  }

  /** Of the first node. */
  get url(): string {
    return this.cluster.nodes[0]!.url;
  }

  /** Of the second node, which has to hear of everything from the first. */
  get otherUrl(): string {
    return this.cluster.nodes[1]!.url;
  }

  /** A page of somebody of their own, by its path on the first node or by its address. */
  open(where: string, look: Look, complaints: string[] = []): Promise<Page> {
    return openPage(this.browser, new URL(where, this.url).href, look, complaints);
  }

  /** An agent at a page of the dashboard. */
  async signIn(
    { email }: { email: string },
    look: Look,
    complaints: string[] = [],
    where = '/dashboard',
  ): Promise<Page> {
    const page = await this.open(where, look, complaints);
    await logIn(page, email, wordsOf(look));
    return page;
  }

  /** A visitor who has opened the widget on the demo page of a node. */
  async visit(
    pluginKey: string,
    look: Look,
    complaints: string[] = [],
    node = this.url,
  ): Promise<{ shop: Page; widget: FrameLocator }> {
    const shop = await this.open(`${node}/widget?pluginKey=${pluginKey}`, look, complaints);
    return { shop, widget: await openWidget(shop, look) };
  }
}

export async function openWidget(shop: Page, look: Look): Promise<FrameLocator> {
  await shop
    .getByRole('button', { name: wordsOf(look).openChat })
    .first()
    .click();
  return shop.frameLocator('iframe');
}

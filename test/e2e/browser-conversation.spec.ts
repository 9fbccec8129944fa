import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import request from 'supertest';
import { startCluster, type Cluster } from '../support/app.js';
import {
  describeInBrowser,
  launchBrowser,
  logIn,
  LOOKS,
  openPage,
  picture,
  wordsOf,
  write,
} from '../support/browser.js';
import { asAgent, register } from '../support/people.js';
import { until } from '../support/uploads.js';

const LOOK = LOOKS[0]!;
const QUESTION = '제품 교환 문의입니다';
/** A search knows of what was said a moment later, a node of who is blocked. */
const FELT_WITHIN_MS = 8_000;

describeInBrowser('what an agent does with a conversation', () => {
  let cluster: Cluster;
  let browser: Browser;
  let url: string;

  beforeAll(async () => {
    cluster = await startCluster(1);
    url = cluster.nodes[0]!.url;
    browser = await launchBrowser();
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await cluster.stop();
  });

  async function searchable(as: { accessToken: string }, query: string): Promise<void> {
    await until(async () => {
      const found = await request(url).get('/v1/messages/search').query({ query }).set(asAgent(as));
      expect(found.body).toMatchObject({ items: [{}] });
    }, FELT_WITHIN_MS);
  }

  it('finds what was said, takes it along as a file, and blocks who said it', async () => {
    const words = wordsOf(LOOK);
    const complaints: string[] = [];
    const owner = await register(url, 'Moru Tea');
    const { pluginKey } = owner.environment;
    const shop = await openPage(browser, `${url}/widget?pluginKey=${pluginKey}`, LOOK, complaints);
    await shop.getByRole('button', { name: words.openChat }).first().click();
    const widget = shop.frameLocator('iframe');
    await (await write(widget, words.message, QUESTION)).waitFor();
    await searchable(owner, '교환');

    const dashboard = await openPage(browser, `${url}/dashboard`, LOOK, complaints);
    await logIn(dashboard, owner.agent.email, words);
    await dashboard.getByText(QUESTION).first().waitFor();
    await dashboard.keyboard.press('Control+k');
    await dashboard.getByRole('combobox', { name: /^명령이나/ }).fill('교환');
    await dashboard.getByRole('option', { name: /^메시지에서/ }).click();
    const found = dashboard.getByRole('tabpanel').getByRole('link');
    await found.waitFor();
    expect(await found.locator('mark').allTextContents()).toEqual(['교환']);
    await picture(dashboard, 'search');
    await found.click();
    await dashboard.locator('article[data-found]', { hasText: QUESTION }).waitFor();

    const arriving = dashboard.waitForEvent('download');
    await dashboard.getByRole('button', { name: '대화 메뉴' }).click();
    await dashboard.getByRole('menuitem', { name: /HTML/ }).click();
    const file = await arriving;
    expect(file.suggestedFilename()).toMatch(/\.html$/);
    expect(await readFile(await file.path(), 'utf8')).toContain(QUESTION);

    await dashboard.getByRole('button', { name: '고객 차단' }).click();
    await dashboard.getByRole('dialog').getByRole('button', { name: '고객 차단' }).click();
    await dashboard.getByText(/^차단된 고객입니다/).waitFor();
    await until(async () => {
      await write(widget, words.message, '여보세요?');
      const refusal = widget.getByText('더 이상 메시지를 보낼 수 없어요.').last();
      await refusal.waitFor({ timeout: 1_000 });
    }, FELT_WITHIN_MS);
    await picture(shop, 'widget-blocked');
    expect(complaints).toEqual([]);
    await Promise.all([shop.context().close(), dashboard.context().close()]);
  }, 60_000);
});

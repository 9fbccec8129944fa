import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
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
import { register } from '../support/people.js';

describeInBrowser('a visitor in the widget and an agent in the dashboard', () => {
  let cluster: Cluster;
  let browser: Browser;
  let url: string;

  beforeAll(async () => {
    cluster = await startCluster(2);
    url = cluster.nodes[0]!.url;
    browser = await launchBrowser();
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await cluster.stop();
  });

  it.each(LOOKS)(
    'talk to each other: $name',
    async (look) => {
      const words = wordsOf(look);
      const complaints: string[] = [];
      const { environment, agent } = await register(url, 'Moru Tea');

      const shop = await openPage(
        browser,
        `${url}/widget?pluginKey=${environment.pluginKey}`,
        look,
        complaints,
      );
      await shop.getByRole('button', { name: words.openChat }).first().click();
      const widget = shop.frameLocator('iframe');
      const question = await write(widget, words.message, '우전은 언제 다시 들어오나요?');
      await question.waitFor();

      // The agent is on the other node.
      const dashboard = await openPage(browser, `${cluster.nodes[1]!.url}/dashboard`, look, complaints);
      await logIn(dashboard, agent.email, words);
      await dashboard.getByText('우전은 언제 다시 들어오나요?').first().click();
      const answer = await write(dashboard, words.answer, '다음 주 화요일에 들어옵니다.');
      await answer.waitFor();
      await widget.getByText('다음 주 화요일에 들어옵니다.').last().waitFor();

      await (await write(widget, words.message, '고맙습니다!')).waitFor();
      await dashboard.getByText('고맙습니다!').last().waitFor();
      await picture(shop, `widget-${look.name}`);
      await picture(dashboard, `conversation-${look.name}`);

      await shop.reload();
      await shop.getByRole('button', { name: words.openChat }).first().click();
      await shop.frameLocator('iframe').getByText('다음 주 화요일에 들어옵니다.').last().waitFor();
      expect(complaints).toEqual([]);
      await Promise.all([shop.context().close(), dashboard.context().close()]);
    },
    60_000,
  );
});

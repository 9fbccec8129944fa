import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import request from 'supertest';
import { describeInBrowser, LOOKS, picture, wordsOf, write } from '../support/browser.js';
import { asAgent, register } from '../support/people.js';
import { Stage } from '../support/stage.js';
import { until } from '../support/waiting.js';

const LOOK = LOOKS[0]!;
const QUESTION = '제품 교환 문의입니다';
/** A search knows of what was said a moment later, a node of who is blocked. */
const FELT_WITHIN_MS = 25_000;

describeInBrowser('what an agent does with a conversation', () => {
  const stage = new Stage(1);

  async function searchable(as: { accessToken: string }, query: string): Promise<void> {
    await until(async () => {
      const found = await request(stage.url).get('/v1/messages/search').query({ query }).set(asAgent(as));
      expect(found.body).toMatchObject({ items: [{}] });
    }, FELT_WITHIN_MS);
  }

  it('finds what was said, takes it along as a file, and blocks who said it', async () => {
    const words = wordsOf(LOOK);
    const complaints: string[] = [];
    const owner = await register(stage.url, 'Moru Tea');
    const { shop, widget } = await stage.visit(owner.environment.pluginKey, LOOK, complaints);
    await (await write(widget, words.message, QUESTION)).waitFor();
    await searchable(owner, '교환');

    const dashboard = await stage.signIn(owner.agent, LOOK, complaints);
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
      await refusal.waitFor({ timeout: 3_000 });
    }, FELT_WITHIN_MS);
    await picture(shop, 'widget-blocked');
    expect(complaints).toEqual([]);
  }, 120_000);
});

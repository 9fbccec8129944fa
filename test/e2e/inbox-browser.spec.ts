import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import request from 'supertest';
import type { ConversationView, CreatedConversation } from '../../src/contracts/chat.js';
import type { RegistrationView, TeamView } from '../../src/contracts/tenants.js';
import { barriersOf } from '../support/axe.js';
import { describeInBrowser, LOOKS, picture, type Look } from '../support/browser.js';
import { aMessage, asAgent, asUser, boot, hire, register } from '../support/people.js';
import { Stage } from '../support/stage.js';
import { SWEEPING } from '../support/tenant.js';
import { until } from '../support/waiting.js';

const NAMES = ['김민준', '이하은', '박지호', 'Olivia Brown'];
const [KO, EN] = LOOKS as [Look, Look];
const isPhone = ({ viewport }: Look) => viewport.width < 900;

/** What the inbox's controls are called. */
const WORDS = {
  ko: {
    palette: /^명령이나/,
    shortcuts: '키보드 단축키',
    select: '대화 선택',
    views: '보기',
    filter: '필터',
  },
  en: {
    palette: /^Type a command/,
    shortcuts: 'Keyboard shortcuts',
    select: 'Select conversations',
    views: 'Views',
    filter: 'Filter',
  },
};
const inboxWordsOf = ({ locale }: Look) => (locale.startsWith('ko') ? WORDS.ko : WORDS.en);

interface Shop {
  owner: RegistrationView;
  conversations: ConversationView[];
  team: TeamView;
}

describeInBrowser('the inbox in a browser', () => {
  const stage = new Stage(2, SWEEPING);

  /** Some users with a question each; the last of them wrote last. */
  async function aShop(): Promise<Shop> {
    const owner = await register(stage.url, 'Moru Tea');
    const { pluginKey } = owner.environment;
    const conversations: ConversationView[] = [];
    for (const name of NAMES) {
      const visitor = await boot(stage.url, pluginKey, { profile: { name } });
      const created = await request(stage.url)
        .post('/v1/conversations')
        .set(asUser(pluginKey, visitor))
        .send({ message: aMessage(`${name}: 안녕하세요`) })
        .expect(201);
      conversations.push((created.body as CreatedConversation).conversation);
    }
    const team = await request(stage.url)
      .post('/v1/teams')
      .set(asAgent(owner))
      .send({ name: 'Refunds', agentIds: [owner.agent.id] })
      .expect(201);
    await request(stage.url)
      .patch(`/v1/conversations/${conversations[0]!.id}`)
      .set(asAgent(owner))
      .send({ tags: ['vip'], priority: 'urgent' })
      .expect(200);
    return { owner, conversations, team: team.body as TeamView };
  }

  async function signedIn(
    { agent }: RegistrationView,
    look: Look,
    where = '/dashboard/inbox',
  ): Promise<[Page, string[]]> {
    const complaints: string[] = [];
    const page = await stage.signIn(agent, look, complaints, where);
    await page.locator('[data-conversation-id]').first().waitFor();
    return [page, complaints];
  }

  const rowOf = (page: Page, name: string) => page.locator('[data-conversation-id]', { hasText: name });
  const stateOf = async (shop: Shop, index: number): Promise<ConversationView> => {
    const { id } = shop.conversations[index]!;
    const answer = await request(stage.url)
      .get(`/v1/conversations/${id}`)
      .set(asAgent(shop.owner))
      .expect(200);
    return answer.body as ConversationView;
  };

  it('is worked through without touching the mouse, a Korean input method on or off', async () => {
    const shop = await aShop();
    const [page, complaints] = await signedIn(shop.owner, EN);
    const focused = () => page.evaluate<string>(`document.activeElement.textContent`);
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    expect(await focused()).toContain('박지호');
    // As a Korean input method says the key.
    await page.evaluate(
      `document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'ㅏ', code: 'KeyK', bubbles: true }))`,
    );
    expect(await focused()).toContain('Olivia Brown');

    // The row's own conversation opens, with the focus where one writes.
    await page.keyboard.press('r');
    await page.getByRole('textbox', { name: 'Write a message' }).waitFor();
    await page.locator('textarea:focus').waitFor();
    await page.keyboard.type('Hello Olivia, jex');
    await page.keyboard.press('Enter');
    await page.getByRole('region').getByText('Hello Olivia, jex').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('e');
    await page.getByText('Resolved', { exact: true }).first().waitFor();
    await rowOf(page, 'Olivia Brown').waitFor({ state: 'detached' });
    await until(async () =>
      expect(await stateOf(shop, 3)).toMatchObject({
        status: 'resolved',
        lastMessage: { content: 'Hello Olivia, jex' },
      }),
    );

    // One goes on with what has taken its place.
    expect(await focused()).toContain('박지호');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: WORDS.en.palette }).waitFor();
    await page.keyboard.type('to me');
    await page.keyboard.press('Enter');
    await rowOf(page, '박지호').getByText('Jiwoo Park').waitFor({ state: 'attached' });
    for (const key of ['g', 't']) await page.keyboard.press(key);
    await page.waitForURL('**/dashboard/team');
    expect(complaints).toEqual([]);
  }, 60_000);

  it('is cleared by two agents at once, each seeing what the other does', async () => {
    const shop = await aShop();
    const colleague = await hire(stage.url, shop.owner, { name: '김서연' });
    const [mine, complaints] = await signedIn(shop.owner, KO);
    const [theirs] = await signedIn(colleague, KO, `${stage.otherUrl}/dashboard/inbox`);
    await mine.getByRole('checkbox', { name: '김민준 선택' }).check({ force: true });
    await rowOf(mine, '박지호').click({ modifiers: ['Shift'] });
    const bar = mine.getByRole('toolbar');
    await bar.getByText('3개 선택').waitFor();
    await picture(mine, 'inbox-bulk');
    await bar.getByRole('button', { name: '담당자 지정' }).click();
    await mine.getByRole('option', { name: '김서연' }).click();
    for (const name of ['김민준', '이하은', '박지호'])
      await rowOf(theirs, name).getByText('김서연').waitFor({ state: 'attached' });
    const views = theirs.getByRole('navigation', { name: '보기' });
    await views.getByRole('link', { name: /^내 대화 대화 3개/ }).waitFor();

    // The other one resolves two of them, and takes it back.
    await rowOf(theirs, '이하은').focus();
    await theirs.keyboard.press('x');
    await rowOf(theirs, '김민준').focus();
    await theirs.keyboard.press('x');
    await theirs.keyboard.press('e');
    await rowOf(mine, '이하은').waitFor({ state: 'detached' });
    await rowOf(mine, '김민준').waitFor({ state: 'detached' });
    await theirs.getByRole('button', { name: '실행 취소' }).click();
    await rowOf(mine, '이하은').waitFor();
    await rowOf(mine, '김민준').waitFor();
    expect(await stateOf(shop, 0)).toMatchObject({ status: 'open', assignee: { id: colleague.agent.id } });
    expect(complaints).toEqual([]);
  }, 60_000);

  it('keeps a view with its filters over a reload, and a draft in its row', async () => {
    const shop = await aShop();
    const [page, complaints] = await signedIn(shop.owner, EN);
    await page.keyboard.press('f');
    const filters = page.getByRole('dialog', { name: 'Filter' });
    await filters.getByRole('combobox', { name: /Priority/ }).click();
    await page.getByRole('option', { name: 'Urgent' }).click();
    await page.keyboard.press('Escape');
    await rowOf(page, '이하은').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Save view' }).click();
    await page.getByRole('textbox', { name: /Name of the view/ }).fill('Fires');
    await page.keyboard.press('Enter');
    await page.waitForURL(/saved=/);
    await rowOf(page, '김민준').click();
    await page.getByRole('textbox', { name: 'Write a message' }).fill('Not quite done');
    await page.reload();
    expect(await page.getByRole('textbox', { name: 'Write a message' }).inputValue()).toBe('Not quite done');
    await page.goto(`${stage.url}/dashboard/inbox`);
    await rowOf(page, '김민준').getByText('Draft: Not quite done').waitFor();
    await page.getByRole('link', { name: 'Fires' }).click();
    await page.getByRole('heading', { name: 'Fires' }).waitFor();
    // While they load there are no rows at all.
    await until(async () =>
      expect(await page.locator('[data-conversation-id]').allInnerTexts()).toEqual([
        expect.stringContaining('김민준'),
      ]),
    );
    expect(complaints).toEqual([]);
  }, 60_000);

  it.each(LOOKS)(
    'has no barrier in its lists, palette, keys and actions: $name',
    async (look) => {
      const shop = await aShop();
      const words = inboxWordsOf(look);
      const [page] = await signedIn(shop.owner, look, '/dashboard/inbox/all?priority=urgent');
      const found: Record<string, string[]> = {};
      const check = async (name: string) => {
        const barriers = await barriersOf(page);
        if (barriers.length > 0) found[name] = barriers;
        await picture(page, `inbox-${name}-${look.name}`);
      };
      const close = async (opened: ReturnType<Page['getByRole']>) => {
        await page.keyboard.press('Escape');
        await opened.waitFor({ state: 'detached' });
      };
      await check('filtered');
      await page.goto(`${stage.url}/dashboard/inbox`);
      await page.locator('[data-conversation-id]').first().waitFor();
      if (isPhone(look)) {
        await page.locator('h1').getByRole('button').click();
        const views = page.getByRole('navigation', { name: words.views });
        await views.getByRole('link', { name: 'Refunds' }).waitFor();
        await check('views');
        await close(views);
      } else await check('views');
      await page.getByRole('button', { name: words.select }).click();
      await page.getByRole('checkbox').first().check();
      await check('actions');
      await page.keyboard.press('a');
      await check('assign');
      await close(page.getByRole('combobox').first());
      await page.keyboard.press('f');
      const filters = page.getByRole('dialog', { name: words.filter });
      await filters.waitFor();
      await check('filter');
      await close(filters);
      await page.keyboard.press('Control+k');
      const palette = page.getByRole('combobox', { name: words.palette });
      await palette.fill('o');
      await page.getByRole('option').nth(2).waitFor();
      await check('palette');
      await close(palette);
      await page.keyboard.press('?');
      const sheet = page.getByRole('dialog', { name: words.shortcuts });
      await sheet.waitFor();
      await check('shortcuts');
      expect(found).toEqual({});
    },
    120_000,
  );
});

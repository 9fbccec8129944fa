import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { BrowserContext, Page, WebSocket } from 'playwright-core';
import request from 'supertest';
import type { ConversationView, MessageHistory } from '../../src/contracts/chat.js';
import type { Page as ListPage } from '../../src/contracts/common.js';
import type { RegistrationView } from '../../src/contracts/tenants.js';
import { describeInBrowser, LOOKS, wordsOf, write } from '../support/browser.js';
import {
  aMessage,
  asAgent,
  boot,
  connect,
  must,
  register,
  startConversation,
  type Client,
} from '../support/people.js';
import { Stage } from '../support/stage.js';
import { until } from '../support/waiting.js';

const LOOK = LOOKS[0]!;
const WORDS = wordsOf(LOOK);
const GREETING = '안녕하세요';
/** A reconnect may wait for some seconds first. */
const SEEN_WITHIN_MS = 20_000;

describeInBrowser('tabs that are closed, frozen and loaded again', () => {
  const stage = new Stage(1);
  let owner: RegistrationView;
  let visitor: Client;
  let conversationId: string;

  beforeEach(async () => {
    owner = await register(stage.url, 'Moru Tea');
    const { pluginKey } = owner.environment;
    const { userToken } = await boot(stage.url, pluginKey);
    visitor = await connect(stage.url, { pluginKey, userToken });
    ({ id: conversationId } = await startConversation(visitor, GREETING));
  });

  afterEach(() => void visitor.close());

  const ask = (content: string) => must(visitor, 'message:send', { conversationId, ...aMessage(content) });

  async function stored(id = conversationId): Promise<string[]> {
    const path = `/v1/conversations/${id}/messages`;
    const { body } = await request(stage.url).get(path).set(asAgent(owner)).expect(200);
    return (body as MessageHistory).items.filter(({ type }) => type === 'text').map(({ content }) => content);
  }

  async function signIn(): Promise<BrowserContext> {
    const page = await stage.signIn(owner.agent, LOOK);
    await page.getByText(GREETING).first().waitFor();
    await page.close();
    return page.context();
  }

  async function show(page: Page): Promise<void> {
    await page.goto(`${stage.url}/dashboard/inbox/all/${conversationId}`);
    await page.locator('article', { hasText: GREETING }).waitFor();
  }

  async function openTab(context: BrowserContext): Promise<Page> {
    const page = await context.newPage();
    await show(page);
    return page;
  }

  /** Each of them once. */
  async function expectShown(page: Page, texts: string[]): Promise<void> {
    await until(async () => {
      const shown = (await page.locator('article').allInnerTexts()).join('\n');
      for (const text of texts) expect(shown.split(text)).toHaveLength(2);
    }, SEEN_WITHIN_MS);
  }

  /** What is shown may still be on its way. */
  const expectStored = (texts: string[]) =>
    until(async () => expect(await stored()).toEqual(texts), SEEN_WITHIN_MS);

  it('has one connection, which the next tab takes over when the one that holds it is closed', async () => {
    const context = await signIn();
    const sockets = new Set<WebSocket>();
    context.on('page', (page) =>
      page.on('websocket', (socket) => {
        sockets.add(socket);
        socket.on('close', () => sockets.delete(socket));
        page.on('close', () => sockets.delete(socket));
      }),
    );
    const leading = await openTab(context);
    const following = await openTab(context);
    await until(() => expect(sockets.size).toBe(1), SEEN_WITHIN_MS);

    await ask('우전 있나요?');
    await write(leading, WORDS.answer, '네, 있습니다.');
    await write(following, WORDS.answer, '다음 주에 더 들어옵니다.');
    const soFar = ['우전 있나요?', '네, 있습니다.', '다음 주에 더 들어옵니다.'];
    for (const tab of [leading, following]) await expectShown(tab, soFar);
    await until(() => expect(sockets.size).toBe(1), SEEN_WITHIN_MS);

    await write(following, WORDS.answer, '보내는 중에 닫힙니다.');
    await leading.close();
    await ask('그사이에 온 질문');
    await write(following, WORDS.answer, '이어서 보냅니다.');
    await expectShown(following, [...soFar, '보내는 중에 닫힙니다.', '그사이에 온 질문', '이어서 보냅니다.']);
    await until(() => expect(sockets.size).toBe(1), SEEN_WITHIN_MS);
    await until(async () => {
      const texts = await stored();
      expect(texts).toHaveLength(7);
      expect(new Set(texts).size).toBe(7);
    }, SEEN_WITHIN_MS);
  }, 90_000);

  it('goes on in the other tab when the browser freezes the one that holds the connection', async () => {
    const context = await signIn();
    const leading = await openTab(context);
    const following = await openTab(context);
    const devTools = await context.newCDPSession(leading);
    await devTools.send('Page.setWebLifecycleState', { state: 'frozen' });
    await ask('지금 계신가요?');
    await write(following, WORDS.answer, '네, 여기 있습니다.');
    const texts = ['지금 계신가요?', '네, 여기 있습니다.'];
    await expectShown(following, texts);
    await expectStored([GREETING, ...texts]);
    await devTools.send('Page.setWebLifecycleState', { state: 'active' });
    await expectShown(leading, texts);
  }, 90_000);

  it.each([0, 1])(
    'sends what was written offline once and in order after a reload, with %s other tabs open',
    async (others) => {
      const context = await signIn();
      const page = await openTab(context);
      if (others) await openTab(context);
      await context.setOffline(true);
      await page
        .getByRole('status')
        .filter({ hasText: /오프라인|연결/ })
        .first()
        .waitFor();
      await (await write(page, WORDS.answer, '오프라인에서 하나')).waitFor();
      await (await write(page, WORDS.answer, '오프라인에서 둘')).waitFor();
      // A page cannot be loaded again offline: it goes, and comes when the network is back.
      await page.goto('about:blank');
      expect(await stored()).toEqual([GREETING]);
      await context.setOffline(false);
      await show(page);
      await expectShown(page, ['오프라인에서 하나', '오프라인에서 둘']);
      await expectStored([GREETING, '오프라인에서 하나', '오프라인에서 둘']);
    },
    90_000,
  );

  it('sends from the widget what a visitor wrote offline, once and in order after a reload', async () => {
    const { shop, widget } = await stage.visit(owner.environment.pluginKey, LOOK);
    const shopUrl = shop.url();
    await (await write(widget, WORDS.message, '첫 질문입니다')).waitFor();
    await until(
      async () => expect(await askedByVisitors()).toEqual([GREETING, '첫 질문입니다']),
      SEEN_WITHIN_MS,
    );
    await shop.context().setOffline(true);
    await widget.locator('.banner.shown').waitFor();
    await (await write(widget, WORDS.message, '오프라인에서 하나')).waitFor();
    await (await write(widget, WORDS.message, '오프라인에서 둘')).waitFor();
    await shop.goto('about:blank');
    await shop.context().setOffline(false);
    await shop.goto(shopUrl);
    const texts = [GREETING, '첫 질문입니다', '오프라인에서 하나', '오프라인에서 둘'];
    await until(async () => expect(await askedByVisitors()).toEqual(texts), SEEN_WITHIN_MS);
  }, 90_000);

  /** Of all conversations, the oldest first. */
  async function askedByVisitors(): Promise<string[]> {
    const { body } = await request(stage.url).get('/v1/conversations').set(asAgent(owner)).expect(200);
    const ids = (body as ListPage<ConversationView>).items.map(({ id }) => id).reverse();
    return (await Promise.all(ids.map((id) => stored(id)))).flat();
  }
});

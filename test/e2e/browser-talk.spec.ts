import { beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import request from 'supertest';
import type { ConversationView, MessageHistory, SentMessage } from '../../src/contracts/chat.js';
import type { RegistrationView } from '../../src/contracts/tenants.js';
import { startApp } from '../support/app.js';
import { barriersOf } from '../support/axe.js';
import { describeInBrowser, logIn, LOOKS, picture, wordsOf, type Look } from '../support/browser.js';
import { asAgent, asUser, boot, hire, register } from '../support/people.js';
import { Stage } from '../support/stage.js';
import { until } from '../support/waiting.js';

const LOOK = LOOKS[0]!;
const DARK: Look = { ...LOOK, colorScheme: 'dark' };
const WORDS = wordsOf(LOOK);
/** Several pages. */
const LONG = 260;
const OLD = 20;
const TYPED = '끝까지 다 쓰지 못한 답변';

describeInBrowser('a conversation among agents', () => {
  const stage = new Stage(1);
  let owner: RegistrationView;
  let mate: RegistrationView;
  let channel: ConversationView;
  let complaints: string[];

  beforeAll(async () => {
    owner = await register(stage.url, 'Moru Tea');
    mate = await hire(stage.url, owner, { name: '김서연' });
    const body = { kind: 'channel', name: 'orders', visibility: 'public', agentIds: [mate.agent.id] };
    channel = (await request(stage.url).post('/v1/conversations').set(asAgent(owner)).send(body).expect(201))
      .body as ConversationView;
    for (let count = 1; count <= LONG; count += 1) await say(`주문 ${count}`);
  }, 120_000);

  beforeEach(() => {
    complaints = [];
  });

  async function say(content: string, as = owner): Promise<SentMessage> {
    const path = `/v1/conversations/${channel.id}/messages`;
    return (await request(stage.url).post(path).set(asAgent(as)).send({ content }).expect(201))
      .body as SentMessage;
  }

  async function signedIn(as: RegistrationView, path = `team/${channel.id}`): Promise<Page> {
    const look = as === owner ? DARK : LOOK;
    const page = await stage.open(`/dashboard/${path}`, look, complaints);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await logIn(page, as.agent.email, WORDS);
    await page.getByRole('textbox', { name: WORDS.answer, exact: true }).waitFor();
    await page.locator('article').last().waitFor();
    return page;
  }

  const field = (page: Page) => page.getByRole('textbox', { name: WORDS.answer, exact: true });
  const message = (page: Page, text: string) =>
    page.locator('article', { has: page.getByText(text, { exact: true }) });

  async function choose(page: Page, text: string, action: string): Promise<void> {
    await message(page, text).hover();
    await message(page, text).getByRole('button', { name: '메시지 작업' }).click();
    await page.getByRole('menuitem', { name: action, exact: true }).click();
  }

  it('leads to a message of long ago, both ways from there, and back', async () => {
    const [reader, writer] = await Promise.all([signedIn(owner), signedIn(mate)]);
    const found = await findOld();
    await reader.goto(`${stage.url}/dashboard/team/${channel.id}?message=${found.id}&seq=${found.seq}`);
    await reader.locator('article[data-found]', { hasText: `주문 ${OLD}` }).waitFor();
    expect(await message(reader, `주문 ${LONG}`).count()).toBe(0);
    await picture(reader, 'talk-long-ago');

    await field(writer).fill('지금 막 쓴 말');
    await field(writer).press('Enter');
    await message(writer, '지금 막 쓴 말').waitFor();
    const timeline = reader.getByRole('region', { name: '메시지' });
    await timeline.hover();
    await scrollUntil(reader, -600, `주문 1`);
    await scrollUntil(reader, 900, '지금 막 쓴 말');
    expect(await barriersOf(reader)).toEqual([]);

    await reader.goto(`${stage.url}/dashboard/team/${channel.id}?message=${found.id}`);
    await reader.locator('article[data-found]', { hasText: `주문 ${OLD}` }).waitFor();
    await reader.getByRole('button', { name: /^새 메시지 \d+개|최신 메시지로 이동/ }).click();
    await message(reader, '지금 막 쓴 말').waitFor();
    expect(complaints).toEqual([]);
  }, 90_000);

  async function findOld(): Promise<{ id: string; seq: number }> {
    const path = `/v1/conversations/${channel.id}/messages?aroundSeq=${OLD}&limit=60`;
    const { items } = (await request(stage.url).get(path).set(asAgent(owner)).expect(200)).body as {
      items: { id: string; seq: number; content: string }[];
    };
    return items.find(({ content }) => content === `주문 ${OLD}`)!;
  }

  /** As a hand on the wheel: a little at a time, until it is there. */
  async function scrollUntil(page: Page, step: number, text: string): Promise<void> {
    const before = Date.now();
    while ((await message(page, text).count()) === 0) {
      if (Date.now() - before > 40_000) throw new Error(`"${text}" never came into view`);
      await page.mouse.wheel(0, step);
      await page.evaluate('new Promise((done) => requestAnimationFrame(done))');
    }
  }

  it('shows who else looks, takes emojis, and gives a link that others can follow', async () => {
    const [one, other] = await Promise.all([signedIn(owner), signedIn(mate)]);
    await one.getByRole('img', { name: '김서연 님도 보고 있습니다' }).waitFor();

    await one.getByRole('button', { name: '이모지 넣기' }).click();
    await one.getByRole('textbox', { name: '이모지 검색' }).fill('로켓');
    await one.getByRole('button', { name: /^🚀/ }).waitFor();
    expect(await barriersOf(one)).toEqual([]);
    await picture(one, 'talk-emojis');
    await one.keyboard.press('Enter');
    await one.keyboard.type(' 출발');
    await one.keyboard.press('Enter');
    await message(other, '🚀 출발').waitFor();

    await message(other, '🚀 출발').hover();
    await message(other, '🚀 출발').getByRole('button', { name: '메시지 작업' }).click();
    await other.getByRole('menu').waitFor();
    expect(await barriersOf(other)).toEqual([]);
    await other.keyboard.press('Escape');
    await choose(other, '🚀 출발', '링크 복사');
    let link = '';
    await until(async () => {
      link = String(await other.evaluate('navigator.clipboard.readText()'));
      expect(link).toContain('message=');
    });
    expect(new URL(link).pathname).toBe(`/dashboard/team/${channel.id}`);
    await one.goto(link);
    await one.locator('article[data-found]', { hasText: '🚀 출발' }).waitFor();

    await choose(one, '🚀 출발', '스레드로 답장');
    await one.getByRole('textbox', { name: '이 스레드에 답장' }).fill('스레드에서만');
    expect(await barriersOf(one)).toEqual([]);
    await one.keyboard.press('Enter');
    await other.getByRole('button', { name: /답글 1개/ }).click();
    await message(other, '스레드에서만').waitFor();
    await picture(other, 'talk-thread');

    await one.context().close();
    await other.getByRole('img', { name: /보고 있습니다/ }).waitFor({ state: 'detached', timeout: 60_000 });
    expect(complaints).toEqual([]);
  }, 120_000);

  it('answers a visitor with a saved reply', async () => {
    const reply = { shortcut: '배송', title: '배송 안내', content: '{{user.name}} 님, 내일 도착합니다.' };
    await request(stage.url).post('/v1/saved-replies').set(asAgent(owner)).send(reply).expect(201);
    const { pluginKey } = owner.environment;
    const visitor = await boot(stage.url, pluginKey, { profile: { name: '최민준' } });
    const begun = await request(stage.url)
      .post('/v1/conversations')
      .set(asUser(pluginKey, visitor))
      .send({ message: { content: '언제 오나요?' } })
      .expect(201);
    const { conversation } = begun.body as { conversation: ConversationView };
    const page = await signedIn(mate, `inbox/all/${conversation.id}`);
    await field(page).pressSequentially('/배');
    await page.getByRole('option', { name: /배송 안내/ }).waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await picture(page, 'talk-saved-reply');
    await field(page).press('Enter');
    expect(await field(page).inputValue()).toBe('최민준 님, 내일 도착합니다.');
    await field(page).press('Enter');
    await message(page, '최민준 님, 내일 도착합니다.').getByText('보냄').waitFor();
    const path = `/v1/conversations/${conversation.id}/messages`;
    const heard = await request(stage.url).get(path).set(asUser(pluginKey, visitor)).expect(200);
    expect(heard.body).toMatchObject({ items: [{}, { content: '최민준 님, 내일 도착합니다.' }] });
    expect(complaints).toEqual([]);
  }, 60_000);

  it('says what could not be sent, until it is sent again or given up', async () => {
    const page = await stage.open(`/dashboard/team/${channel.id}`, LOOK, complaints);
    await refuseOnce(page, '금지된 말', '버릴 말');
    await logIn(page, mate.agent.email, WORDS);
    for (const text of ['금지된 말', '버릴 말']) {
      await field(page).fill(text);
      await field(page).press('Enter');
    }
    const failed = page.getByRole('alert').filter({ hasText: '보내지 못함' });
    await failed.nth(1).waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await picture(page, 'talk-failed');
    await failed.nth(1).getByRole('button', { name: '지우기' }).click();
    await failed.first().getByRole('button', { name: '다시 보내기' }).click();
    await message(page, '금지된 말').waitFor();
    await failed.first().waitFor({ state: 'detached' });
    expect(await page.getByText('버릴 말').count()).toBe(0);
  }, 60_000);

  /** A server that refuses for good, the first time. */
  async function refuseOnce(page: Page, ...texts: string[]): Promise<void> {
    const left = new Set(texts);
    await page.routeWebSocket(/socket\.io/, (line) => {
      const server = line.connectToServer();
      line.onMessage((frame) => {
        const packet = /^42(\d+)\["message:send"/.exec(String(frame));
        const refused = packet && [...left].find((text) => String(frame).includes(text));
        if (!refused) return server.send(frame);
        left.delete(refused);
        const error = { code: 'chat.message_refused', message: 'Refused.', requestId: 'r' };
        line.send(`43${packet[1]}${JSON.stringify([{ ok: false, error }])}`);
      });
    });
    await page.reload();
  }

  it('gets everything through on a slow line, once and in order', async () => {
    const page = await stage.open(`/dashboard/team/${channel.id}`, LOOK, complaints);
    await slowDown(page);
    await page.reload();
    await logIn(page, mate.agent.email, WORDS);
    await field(page).waitFor({ timeout: 60_000 });
    const texts = ['느려도 첫째', '느려도 둘째', '느려도 셋째'];
    for (const text of texts) {
      await field(page).fill(text);
      await field(page).press('Enter');
      // There at once, whatever the line does.
      await page.getByText(text, { exact: true }).waitFor();
    }
    await page.getByText('보내는 중').first().waitFor();
    await page.getByText('보내는 중').first().waitFor({ state: 'detached', timeout: 60_000 });
    expect(
      await page
        .locator('article')
        .allInnerTexts()
        .then((all) => textsIn(all, texts)),
    ).toEqual(texts);
    const history = await request(stage.url)
      .get(`/v1/conversations/${channel.id}/messages`)
      .set(asAgent(owner))
      .expect(200);
    const stored = (history.body as MessageHistory).items.map(({ content }) => content);
    expect(textsIn(stored, texts)).toEqual(texts);
  }, 180_000);

  /** Slow 3G: two seconds to there and back, and 50 KB a second. A browser slows down no sockets: they are delayed here. */
  async function slowDown(page: Page): Promise<void> {
    const session = await page.context().newCDPSession(page);
    const throughput = 50 * 1_024;
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 2_000,
      downloadThroughput: throughput,
      uploadThroughput: throughput,
    });
    await page.routeWebSocket(/socket\.io/, (line) => {
      const server = line.connectToServer();
      line.onMessage((frame) => void setTimeout(() => server.send(frame), 1_000));
      server.onMessage((frame) => void setTimeout(() => line.send(frame), 1_000));
    });
    page.setDefaultTimeout(60_000);
  }

  /** Which of the wanted ones stand in these, in their order and as often as they do. */
  function textsIn(all: readonly string[], wanted: readonly string[]): string[] {
    return all.flatMap((one) => wanted.filter((text) => one.includes(text)));
  }

  it('loses nothing that was typed: not by a reload, without a line, nor with an expired session', async () => {
    const page = await signedIn(owner);
    await field(page).fill(TYPED);
    await page.reload();
    expect(await field(page).inputValue()).toBe(TYPED);

    await page.context().setOffline(true);
    await page
      .getByRole('status')
      .filter({ hasText: /오프라인|연결/ })
      .first()
      .waitFor();
    await field(page).fill('줄 없이 쓴 말');
    await field(page).press('Enter');
    await page.getByText('연결을 기다리는 중').waitFor();
    await field(page).fill(TYPED);
    expect(await barriersOf(page)).toEqual([]);
    await picture(page, 'talk-offline');
    await page.context().setOffline(false);
    await page.getByText('연결을 기다리는 중').waitFor({ state: 'detached', timeout: 30_000 });
    await message(page, '줄 없이 쓴 말').waitFor();
    expect(await field(page).inputValue()).toBe(TYPED);

    // Signed out elsewhere in the middle of a word, then by a session that has run out while nobody looked.
    const { refreshToken } = JSON.parse(String(await page.evaluate(SESSION))) as { refreshToken: string };
    await request(stage.url).post('/v1/auth/logout').send({ refreshToken }).expect(204);
    await page.getByRole('button', { name: '다시 로그인' }).click();
    await expectTyped(page);
    await page.evaluate(EXPIRE);
    await page.reload();
    await expectTyped(page);
  }, 90_000);

  /** After signing in again one is where one was, with what one had written. */
  async function expectTyped(page: Page): Promise<void> {
    await page.getByLabel(WORDS.email).waitFor();
    await logIn(page, owner.agent.email, WORDS);
    await field(page).waitFor();
    expect(await field(page).inputValue()).toBe(TYPED);
  }

  it('loses nothing while the server starts anew', async () => {
    const page = await signedIn(owner);
    await field(page).fill(TYPED);
    const { port } = new URL(stage.url);
    await stage.cluster.nodes[0]!.stop();
    await page.getByRole('status').filter({ hasText: '연결' }).first().waitFor({ timeout: 30_000 });
    await field(page).press('End');
    await page.keyboard.type(', 조금 더');
    await field(page).press('Enter');
    await page.getByText('연결을 기다리는 중').waitFor();
    await field(page).fill(TYPED);
    stage.cluster.nodes[0] = await startApp(stage.cluster.databases, {}, Number(port));
    await page.getByText('연결을 기다리는 중').waitFor({ state: 'detached', timeout: 45_000 });
    await message(page, `${TYPED}, 조금 더`).waitFor();
    expect(await field(page).inputValue()).toBe(TYPED);
  }, 120_000);
});

/** Both run in the page. The second leaves a session that the server will not renew. */
const SESSION = "localStorage.getItem('flc.session')";
const EXPIRE = `(() => {
  const session = JSON.parse(localStorage.getItem('flc.session'));
  const stale = { ...session, accessToken: 'stale', refreshToken: 'stale', expiresAt: 0 };
  localStorage.setItem('flc.session', JSON.stringify(stale));
})()`;

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Frame, Page } from 'playwright-core';
import request from 'supertest';
import type { ConversationView } from '../../src/contracts/chat.js';
import type { RegistrationView } from '../../src/contracts/tenants.js';
import { barriersOf } from '../support/axe.js';
import { describeInBrowser, LOOKS, openPage, picture, wordsOf, write } from '../support/browser.js';
import { CustomerPages } from '../support/customer-page.js';
import { asAgent, register } from '../support/people.js';
import { Stage } from '../support/stage.js';
import { aPicture } from '../support/uploads.js';
import { until } from '../support/waiting.js';

const LOOK = LOOKS[0]!;
const PHONE = LOOKS.find(({ name }) => name === 'ko-dark-phone')!;
const WORDS = wordsOf(LOOK);
const NONCE = 'r4nd0m';
/** What the page says of itself is sent a moment later. */
const FELT_WITHIN_MS = 10_000;

describeInBrowser('the widget on a page of its customer', () => {
  const stage = new Stage(1);
  let browser: Browser;
  let url: string;
  const pages = new CustomerPages();

  beforeAll(() => {
    ({ browser, url } = stage);
  });

  afterAll(() => pages.stop());

  const button = (page: Page) => page.getByRole('button', { name: WORDS.openChat });
  const pageWith = (script: string) =>
    `<!doctype html><html lang="ko"><head><title>Shop</title></head><body><h1>Shop</h1>${script}</body></html>`;

  async function frameOf(page: Page): Promise<Frame> {
    const frame = await (await page.waitForSelector('iframe')).contentFrame();
    await frame!.waitForSelector('main');
    return frame!;
  }

  async function set(owner: RegistrationView, settings: object): Promise<void> {
    const path = `/v1/environments/${owner.environment.id}`;
    await request(url).patch(path).set(asAgent(owner)).send({ settings }).expect(200);
  }

  async function newestConversation(owner: RegistrationView): Promise<ConversationView> {
    const answer = await request(url).get('/v1/conversations').set(asAgent(owner)).expect(200);
    return answer.body.items[0] as ConversationView;
  }

  it('works where nothing is allowed but what the documentation names, and asks for little', async () => {
    const { environment } = await register(url, 'Moru Tea');
    const snippet = `<script nonce="${NONCE}">
      window.FastLightChat = function () { FastLightChat.q.push(arguments); };
      FastLightChat.q = [];
      FastLightChat('boot', { pluginKey: '${environment.pluginKey}' }, (error, user) => { window.booted = user?.id; });
    </script><script nonce="${NONCE}" async src="${url}/sdk/loader.js"></script>`;
    const shop = await pages.serve({
      html: pageWith(snippet),
      policy: `default-src 'none'; script-src 'nonce-${NONCE}'; connect-src ${url}; frame-src ${url}; require-trusted-types-for 'script'`,
      isIsolated: true,
    });
    const complaints: string[] = [];
    const page = await openPage(browser, 'about:blank', LOOK, complaints);
    const asked: string[] = [];
    page.on('request', (sent) => {
      if (sent.url().startsWith(url)) asked.push(`${sent.method()} ${new URL(sent.url()).pathname}`);
    });
    await page.goto(shop);
    await button(page).waitFor();
    expect(asked).toEqual(['GET /sdk/loader.js', 'POST /v1/widget/boot']);
    expect(await page.evaluate('booted')).toEqual(expect.any(String));
    expect(await barriersOf(page)).toEqual([]);

    await button(page).click();
    const frame = await frameOf(page);
    await (await write(page.frameLocator('iframe'), WORDS.message, '우전 있나요?')).waitFor();
    expect(await barriersOf(frame)).toEqual([]);
    expect(await page.context().cookies()).toEqual([]);

    // On the next page it is the same visitor, whatever the browser lets a frame of another site keep.
    await page.frameLocator('iframe').getByText(/보냄$/).waitFor();
    const visitor = await page.evaluate('booted');
    await page.reload();
    await button(page).click();
    await page.frameLocator('iframe').getByRole('article').getByText('우전 있나요?').waitFor();
    expect(await page.evaluate('booted')).toBe(visitor);
    expect(complaints).toEqual([]);
  }, 60_000);

  it('comes to a page, too, that lets its scripts ask for nothing', async () => {
    const owner = await register(url, 'Moru Tea');
    const boot = `FastLightChat('boot', { pluginKey: '${owner.environment.pluginKey}' }, (error, user) => { window.booted = user?.id; });`;
    const shop = await pages.serve({
      html: pageWith(
        `<script nonce="${NONCE}" src="${url}/sdk/loader.js"></script><script nonce="${NONCE}">${boot}</script>`,
      ),
      policy: `default-src 'none'; script-src 'nonce-${NONCE}'; frame-src ${url}`,
    });
    const complaints: string[] = [];
    const page = await openPage(browser, shop, LOOK, complaints);
    await button(page).click();
    await (await write(page.frameLocator('iframe'), WORDS.message, '우전 있나요?')).waitFor();
    await page.frameLocator('iframe').getByText(/보냄$/).waitFor();
    expect((await newestConversation(owner)).user!.id).toBe(await page.evaluate('booted'));
    expect(complaints).toEqual(complaints.map(() => expect.stringMatching(/Content Security Policy/)));
  }, 60_000);

  it('stands whole beside the roughest styles', async () => {
    const owner = await register(url, 'Moru Tea');
    await set(owner, { widget: { launcherText: '무엇이든 물어보세요, 바로 답해 드립니다' } });
    const boot = `FastLightChat('boot', { pluginKey: '${owner.environment.pluginKey}' });`;
    // Shops hide what is empty; some pages are zoomed.
    const styles = `* { all: revert; font-size: 40px !important } div:empty { display: none !important } html { zoom: 1.5 }`;
    const shop = await pages.serve({
      html: pageWith(
        `<style>${styles}</style><script src="${url}/sdk/loader.js"></script><script>${boot}</script>`,
      ),
    });
    const page = await openPage(browser, shop, { ...LOOK, viewport: { width: 390, height: 844 } }, []);
    await button(page).waitFor();
    expect((await button(page).boundingBox())!.x).toBeGreaterThan(0);

    await page.setViewportSize(LOOK.viewport);
    await button(page).click();
    const frame = await frameOf(page);
    await frame.locator('.composer-box').waitFor();
    const { y, height } = (await page.locator('iframe').boundingBox())!;
    expect(y).toBeGreaterThan(0);
    expect(y + height).toBeLessThan(LOOK.viewport.height);

    // Where visitors choose the colours themselves, only lines are left.
    const line = `getComputedStyle(document.querySelector('.composer-box')).borderTopWidth`;
    expect(await frame.evaluate(line)).toBe('0px');
    await page.emulateMedia({ forcedColors: 'active' });
    expect(await frame.evaluate(line)).not.toBe('0px');
  }, 60_000);

  it('leaves a page as if it had never been there', async () => {
    const { environment } = await register(url, 'Moru Tea');
    const shop = await pages.serve({ html: pageWith('') });
    const complaints: string[] = [];
    const page = await openPage(browser, shop, LOOK, complaints);
    const html = await page.content();
    const globals = `[...Object.keys(window), ...Object.keys(history)].sort()`;
    const before = await page.evaluate<string[]>(globals);
    await page.addScriptTag({ url: `${url}/sdk/loader.js` });
    await page.evaluate(`FastLightChat('boot', { pluginKey: '${environment.pluginKey}' })`);
    await button(page).click();
    await frameOf(page);
    await page.evaluate(`history.pushState(null, '', '/teas')`);
    await page.evaluate(`FastLightChat('destroy'); document.querySelector('script').remove()`);
    expect(await page.content()).toBe(html);
    expect(await page.evaluate<string[]>(globals)).toEqual(before);
    expect(await page.evaluate('localStorage.length')).toBe(0);
    expect(complaints).toEqual([]);
  }, 60_000);

  it('answers a page that was written for Channel Talk', async () => {
    const { environment } = await register(url, 'Moru Tea');
    // Its snippet, with the script's address changed.
    const snippet = `<script>
      (function () {
        var ch = function () { ch.c(arguments); };
        ch.q = [];
        ch.c = function (args) { ch.q.push(args); };
        window.ChannelIO = ch;
        var s = document.createElement('script');
        s.async = true;
        s.src = '${url}/sdk/loader.js';
        document.head.appendChild(s);
      })();
      window.heard = [];
      ChannelIO('onShowMessenger', () => heard.push('shown'));
      ChannelIO('onBadgeChanged', (unread, alert) => heard.push([unread, alert]));
      ChannelIO('boot', { pluginKey: '${environment.pluginKey}', memberId: 'kim', profile: { name: 'Kim', mobileNumber: '+821012345678' } },
        (error, user) => heard.push(user.memberId, user.name, user.profile.phone));
      ChannelIO('showMessenger');
    </script>`;
    const shop = await pages.serve({ html: pageWith(snippet) });
    const complaints: string[] = [];
    const page = await openPage(browser, shop, LOOK, complaints);
    await page.waitForFunction('heard.length > 4');
    const heard = await page.evaluate<unknown[]>('heard');
    expect(heard.filter((one) => one !== 'shown')).toEqual([[0, 0], 'kim', 'Kim', '+821012345678']);
    expect(heard).toContain('shown');
    expect(complaints).toEqual([]);
  }, 60_000);

  it('goes on in a tab of its own on a phone, as the same visitor, also when the page has gone', async () => {
    const owner = await register(url, 'Moru Tea');
    // Not what the browser or the settings say, so that they must have come along.
    const options = `pluginKey: '${owner.environment.pluginKey}', mobileMessengerMode: 'newTab', language: 'ja', appearance: 'dark'`;
    const snippet = `<style>iframe { display: none !important; }</style><script src="${url}/sdk/loader.js"></script><script>
      window.heard = [];
      FastLightChat('onChatCreated', (id) => heard.push(id));
      FastLightChat('boot', { ${options} }, (error, user) => { window.booted = user?.id; });
    </script>`;
    const complaints: string[] = [];
    const page = await openPage(browser, await pages.serve({ html: pageWith(snippet) }), PHONE, complaints);
    const launcher = page.getByRole('button', { name: /チャットを開く/ });
    const openTab = async (): Promise<Page> => {
      const [tab] = await Promise.all([page.context().waitForEvent('page'), launcher.click()]);
      tab.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
      return tab;
    };

    const first = await openTab();
    await (await write(first, 'メッセージ', '우전 있나요?')).waitFor();
    await first.getByText(/送信済み$/).waitFor();
    expect(first.url()).toBe(`${url}/widget/tab`);
    const { id, user } = await newestConversation(owner);
    expect(user!.id).toBe(await page.evaluate('booted'));
    await until(async () => expect(await page.evaluate('heard')).toEqual([id]), FELT_WITHIN_MS);
    expect(await barriersOf(first)).toEqual([]);
    await picture(first, 'widget-tab');

    const closed = first.waitForEvent('close');
    await page.evaluate(`FastLightChat('hideMessenger')`);
    await closed;
    await request(url)
      .post(`/v1/conversations/${id}/messages`)
      .set(asAgent(owner))
      .send({ content: '네, 있습니다.' })
      .expect(201);
    await page.getByRole('button', { name: 'チャットを開く、未読1件' }).waitFor();
    const second = await openTab();
    await second.getByRole('article').getByText('네, 있습니다.').waitFor();
    await page.getByRole('button', { name: 'チャットを開く', exact: true }).waitFor();

    await page.close();
    await second.reload();
    await second.getByRole('article').getByText('네, 있습니다.').waitFor();
    await (await write(second, 'メッセージ', '고맙습니다')).waitFor();
    await second.getByText(/送信済み$/).waitFor();
    expect(await newestConversation(owner)).toMatchObject({ id, user: { id: user!.id } });
    expect(complaints).toEqual([]);

    // Nobody has sent this one.
    const lost = await second.context().newPage();
    const answer = await lost.goto(`${url}/widget/tab`);
    await lost.getByRole('alert').waitFor();
    expect(await barriersOf(lost)).toEqual([]);
    await picture(lost, 'widget-tab-astray');
    expect(answer!.headers()['content-security-policy']).toContain("frame-ancestors 'none'");
  }, 60_000);

  it('leads out again on a phone where the chat does not come, and comes when it can', async () => {
    const { environment } = await register(url, 'Moru Tea');
    const boot = `FastLightChat('boot', { pluginKey: '${environment.pluginKey}' })`;
    const snippet = `<script src="${url}/sdk/loader.js"></script><script>${boot}</script>`;
    const page = await openPage(browser, 'about:blank', PHONE, []);
    await page.route(/assets\/mount/, (route) => route.abort());
    await page.goto(await pages.serve({ html: pageWith(snippet) }));
    await button(page).click();
    const widget = page.frameLocator('iframe');
    await widget.getByText(/불러오지 못했습니다/).waitFor();
    const frame = await (await page.waitForSelector('iframe')).contentFrame();
    expect(await barriersOf(frame!)).toEqual([]);
    await picture(page, 'widget-not-loaded');
    await widget.getByRole('button', { name: '채팅 닫기' }).click();
    await page.unroute(/assets\/mount/);
    await button(page).click();
    await widget.getByRole('textbox', { name: WORDS.message }).waitFor();

    // Nor does a server that does not answer hold anybody.
    await page.route(/widget\/frame/, (route) => route.abort());
    await page.evaluate(`${boot}; FastLightChat('showMessenger')`);
    // Its name depends on whether the boot, which is answered, was sooner.
    await page.getByRole('button', { name: /^(Chat|채팅 닫기)$/ }).click();
    expect(await page.getByRole('heading', { name: 'Shop' }).isVisible()).toBe(true);
    expect(await page.evaluate('document.documentElement.style.overflow')).toBe('');
  }, 60_000);

  it('talks where no websocket gets through', async () => {
    const owner = await register(url, 'Moru Tea');
    const complaints: string[] = [];
    const page = await openPage(browser, 'about:blank', LOOK, complaints);
    await page.routeWebSocket(/socket\.io/, (socket) => socket.close());
    await page.goto(`${url}/widget?pluginKey=${owner.environment.pluginKey}`);
    await button(page).first().click();
    await (await write(page.frameLocator('iframe'), WORDS.message, '우전 있나요?')).waitFor();
    await page.frameLocator('iframe').getByText(/보냄$/).waitFor();
    const { id } = await newestConversation(owner);
    await request(url)
      .post(`/v1/conversations/${id}/messages`)
      .set(asAgent(owner))
      .send({ content: '네, 있습니다.' })
      .expect(201);
    await page.frameLocator('iframe').getByText('네, 있습니다.').waitFor();
  }, 60_000);

  it('asks first where it has to, and tells the company where the visitor is and what they do', async () => {
    const owner = await register(url, 'Moru Tea');
    const text = { ko: '[약관](https://moru.example)에 동의합니다.', en: 'I agree.', ja: '同意します。' };
    await set(owner, {
      widget: {
        consent: { required: true, text, url: 'https://moru.example/privacy' },
        preChat: { enabled: true, fields: [{ key: 'name', required: true }] },
      },
      officeHours: { enabled: true, timeZone: 'Asia/Seoul', weekly: [], holidays: [] },
    });
    const complaints: string[] = [];
    const address = `${url}/widget?pluginKey=${owner.environment.pluginKey}`;
    const page = await openPage(browser, address, LOOK, complaints);
    await button(page).first().click();
    const frame = await frameOf(page);
    const widget = page.frameLocator('iframe');
    const field = (name: string) => widget.getByRole('textbox', { name, exact: true });
    await field(WORDS.message).fill('영업 시간이 궁금합니다');
    expect(await barriersOf(frame)).toEqual([]);
    await picture(page, 'widget-start');
    await widget.getByRole('button', { name: '보내기' }).click();
    await field('이름').fill('김모루');
    await field('이메일').fill('kim@shop.example');
    await widget.getByRole('checkbox', { name: '약관에 동의합니다.' }).check();
    await widget.getByRole('button', { name: '보내기' }).click();
    await widget.getByRole('article').getByText('영업 시간이 궁금합니다').waitFor();
    await widget.getByText(/보냄$/).waitFor();

    await page.evaluate(`history.pushState(null, '', '/widget/teas'); document.title = 'Teas'`);
    await page.evaluate(`FastLightChat('track', 'basket_filled', { teas: 3 })`);
    const { user } = await newestConversation(owner);
    await until(async () => {
      const known = await request(url).get(`/v1/users/${user!.id}`).set(asAgent(owner));
      expect(known.body).toMatchObject({
        profile: { name: '김모루', email: 'kim@shop.example' },
        consentedAt: expect.any(String),
        page: { url: `${url}/widget/teas`, title: 'Teas' },
      });
      const events = await request(url).get(`/v1/users/${user!.id}/events`).set(asAgent(owner));
      expect(events.body.items).toMatchObject([{ name: 'basket_filled', properties: { teas: 3 } }]);
    }, FELT_WITHIN_MS);
    expect(complaints).toEqual([]);
  }, 60_000);

  it('keeps nobody out, in whatever state it is', async () => {
    const { environment } = await register(url, 'Moru Tea');
    const complaints: string[] = [];
    const look = { ...LOOK, locale: 'ja-JP', colorScheme: 'dark' } as const;
    const page = await openPage(
      browser,
      `${url}/widget?pluginKey=${environment.pluginKey}`,
      look,
      complaints,
    );
    await page.getByRole('button', { name: 'チャットを開く' }).click();
    const frame = await frameOf(page);
    const widget = page.frameLocator('iframe');
    const press = (name: string | RegExp) => widget.getByRole('button', { name }).first().click();
    const check = async (state: string) => {
      await picture(page, `widget-${state}`);
      expect({ [state]: await barriersOf(frame) }).toEqual({ [state]: [] });
    };

    await write(widget, 'メッセージ', '**在庫**はありますか？ https://moru.example');
    // Nobody is there to answer.
    await widget.getByRole('textbox', { name: 'メールアドレス' }).waitFor();
    await check('ask-email');
    await press('絵文字');
    await check('emoji');
    await press('😀');
    await widget.getByRole('article').nth(1).hover();
    await press('メッセージの操作');
    await check('tools');
    await press('編集');
    await check('edit');
    await page.keyboard.press('Escape');
    await widget
      .locator('input[type=file]')
      .setInputFiles({ name: 'cup.png', buffer: await aPicture(), mimeType: 'image/png' });
    await widget.getByRole('listitem').getByText('cup.png').waitFor();
    await check('file');
    await press('戻る');
    await widget.getByRole('heading', { name: 'これまでの会話' }).waitFor();
    await check('recent');
    await page.context().setOffline(true);
    await widget.locator('.banner.shown').waitFor();
    await check('offline');
    await page.context().close();

    const wrong = await openPage(browser, `${url}/widget?pluginKey=pk_wrong`, look, []);
    await wrong.evaluate(`FastLightChat('showMessenger')`);
    const lost = await (await wrong.waitForSelector('iframe')).contentFrame();
    await lost!.getByRole('alert').waitFor();
    await picture(wrong, 'widget-wrong-key');
    expect(await barriersOf(lost!)).toEqual([]);
  }, 60_000);

  it.each(LOOKS)(
    'shows the answer while it is closed, and asks how it was: $name',
    async (look) => {
      const words = wordsOf(look);
      const owner = await register(url, 'Moru Tea');
      const complaints: string[] = [];
      const page = await openPage(browser, 'about:blank', look, complaints);
      await set(owner, { widget: { replyTime: 'minutes' } });
      await page.goto(`${url}/widget?pluginKey=${owner.environment.pluginKey}`);
      const widget = page.frameLocator('iframe');
      await page.getByRole('button', { name: words.openChat }).first().click();
      const frame = await frameOf(page);
      await widget.locator('.greeting').waitFor();
      expect(await barriersOf(frame)).toEqual([]);
      await picture(page, `widget-home-${look.name}`);
      await (await write(widget, words.message, '우전 있나요?')).waitFor();
      await widget.getByText(/보냄$|Sent$/).waitFor();
      await widget.locator('header .icon-button').last().click();

      const { id } = await newestConversation(owner);
      const says = (path: string) => `/v1/conversations/${id}/${path}`;
      await request(url)
        .post(says('messages'))
        .set(asAgent(owner))
        .send({ content: '네, **있습니다**.' })
        .expect(201);
      const news = widget.getByRole('button', { name: /네, 있습니다/ });
      await news.waitFor();
      expect(await barriersOf(frame)).toEqual([]);
      await picture(page, `widget-news-${look.name}`);
      await news.click();
      await widget.getByRole('article').getByText('있습니다').waitFor();

      await request(url).put(says('status')).set(asAgent(owner)).send({ status: 'resolved' }).expect(200);
      await widget.locator('.stars button').nth(4).click();
      await widget.getByRole('textbox', { name: /더 하실|Anything/ }).fill('고맙습니다');
      expect(await barriersOf(frame)).toEqual([]);
      await picture(page, `widget-rating-${look.name}`);
      await widget.locator('.rating button[type=submit]').click();
      await widget.getByText(/의견 고맙|Thank you/).waitFor();
      expect(await newestConversation(owner)).toMatchObject({ rating: { score: 5, comment: '고맙습니다' } });
      expect(complaints).toEqual([]);
    },
    60_000,
  );
});

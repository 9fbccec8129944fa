import { expect, it } from '@jest/globals';
import request from 'supertest';
import { ActivityCounter } from '../../src/modules/chat/overview/activity-counter.js';
import { describeInBrowser, LOOKS, picture } from '../support/browser.js';
import { aMessage, asAgent, asUser, boot, hire, register } from '../support/people.js';
import { Stage } from '../support/stage.js';

const COLLEAGUE = '김서연';

/** What the controls are called. */
const KO = {
  newTeam: '새 팀',
  name: '이름',
  agents: '상담원',
  create: '만들기',
  newReply: '새 답변',
  title: '제목',
  shortcut: '단축어',
  content: '내용',
  userName: '고객 이름',
  waiting: '지금 대기 중',
  chart: /^시간별 메시지: 모두 1개/,
  numbers: '숫자',
};
const EN: Record<keyof typeof KO, string | RegExp> = {
  newTeam: 'New team',
  name: 'Name',
  agents: 'Agents',
  create: 'Create',
  newReply: 'New reply',
  title: 'Title',
  shortcut: 'Shortcut',
  content: 'Text',
  userName: 'Name of the user',
  waiting: 'Waiting now',
  chart: /^Messages per hour: 1 in all/,
  numbers: 'Numbers',
};

describeInBrowser('what agents share, and how support goes', () => {
  const stage = new Stage(1);

  it.each(LOOKS)(
    'is made and seen in the dashboard: $name',
    async (look) => {
      const words = look.locale.startsWith('ko') ? KO : EN;
      const complaints: string[] = [];
      const owner = await register(stage.url, 'Moru Tea');
      await hire(stage.url, owner, { name: COLLEAGUE });
      const { pluginKey } = owner.environment;
      const visitor = await boot(stage.url, pluginKey);
      const begun = request(stage.url).post('/v1/conversations').set(asUser(pluginKey, visitor));
      await begun.send({ message: aMessage() }).expect(201);
      await stage.cluster.nodes[0]!.app.get(ActivityCounter).flush();

      const page = await stage.signIn(owner.agent, look, complaints, '/dashboard/settings/teams');
      await page.getByRole('button', { name: words.newTeam }).click();
      const team = page.getByRole('dialog', { name: words.newTeam });
      await team.getByLabel(words.name, { exact: true }).fill('Refunds');
      await team.getByLabel(words.agents, { exact: true }).fill('ㄱㅅ');
      await page.getByRole('option', { name: COLLEAGUE }).click();
      await team.getByRole('button', { name: words.create }).click();
      await page.getByRole('listitem').filter({ hasText: 'Refunds' }).getByText(COLLEAGUE).waitFor();
      await picture(page, `teams-${look.name}`);

      await page.goto(`${stage.url}/dashboard/settings/replies`);
      await page.getByRole('button', { name: words.newReply }).click();
      const reply = page.getByRole('dialog', { name: words.newReply });
      await reply.getByLabel(words.title).fill('Hello');
      await reply.getByLabel(words.shortcut).fill('/Hi');
      await reply.getByLabel(words.content).fill('Hello ');
      await reply.getByRole('button', { name: words.userName }).click();
      await reply.getByRole('button', { name: words.create }).click();
      await page.getByText('Hello {{user.name}}').waitFor();
      await page.getByText('/hi', { exact: true }).waitFor();
      const saved = await request(stage.url).get('/v1/saved-replies').set(asAgent(owner)).expect(200);
      expect(saved.body).toMatchObject({ items: [{ shortcut: 'hi', content: 'Hello {{user.name}}' }] });

      await page.goto(`${stage.url}/dashboard/overview`);
      await page.getByText(words.waiting).waitFor();
      const chart = page.getByRole('img', { name: words.chart });
      await chart.locator('svg').first().waitFor();
      await picture(page, `overview-${look.name}`);
      await page.getByRole('button', { name: words.numbers }).click();
      expect(await page.getByRole('table').getByRole('row').count()).toBe(25);
      expect(complaints).toEqual([]);
    },
    90_000,
  );
});

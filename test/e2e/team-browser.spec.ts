import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { AgentView } from '../../src/contracts/tenants.js';
import { describeInBrowser, LOOKS, picture, type Look } from '../support/browser.js';
import { hire, register } from '../support/people.js';
import { Stage } from '../support/stage.js';

const COLLEAGUE = '김서연';

/** What the team's controls are called. */
const KO = {
  newChannel: '새 채널',
  channelName: '채널 이름',
  privately: /^비공개/,
  create: '만들기',
  details: '상세 정보',
  invite: '초대',
  whom: '누구를 초대할까요?',
  add: '추가',
  write: '메시지 작성',
  mentioned: /멘션되었습니다/,
  show: '보기',
  remove: `${COLLEAGUE} 님 내보내기`,
  removeNow: '내보내기',
  ended: '더 이상 이 대화의 멤버가 아닙니다.',
};
const EN: Record<keyof typeof KO, string | RegExp> = {
  newChannel: 'New channel',
  channelName: 'Channel name',
  privately: /^Private/,
  create: 'Create',
  details: 'Details',
  invite: 'Invite',
  whom: 'Whom?',
  add: 'Add',
  write: 'Write a message',
  mentioned: /You were mentioned/,
  show: 'Show',
  remove: `Remove ${COLLEAGUE}`,
  removeNow: 'Remove',
  ended: 'You no longer belong to this conversation.',
};

describeInBrowser('two agents in a private channel', () => {
  const stage = new Stage(2);

  async function signedIn(node: string, agent: AgentView, look: Look, complaints: string[]): Promise<Page> {
    const page = await stage.signIn(agent, look, complaints, `${node}/dashboard/team`);
    await page.getByRole('button', { name: wordsFor(look).newChannel }).waitFor();
    return page;
  }

  it.each(LOOKS)(
    'who is removed loses it at once: $name',
    async (look) => {
      const words = wordsFor(look);
      const isPhone = look.viewport.width < 900;
      const [complaints, complaintsOfInvited]: [string[], string[]] = [[], []];
      const owner = await register(stage.url, 'Moru Tea');
      const colleague = (await hire(stage.url, owner, { name: COLLEAGUE })).agent;
      const [maker, invited] = await Promise.all([
        signedIn(stage.url, owner.agent, look, complaints),
        // On the other node.
        signedIn(stage.otherUrl, colleague, look, complaintsOfInvited),
      ]);

      await maker.getByRole('button', { name: words.newChannel }).click();
      const creation = maker.getByRole('dialog', { name: words.newChannel });
      await creation.getByLabel(words.channelName).fill('refunds');
      await creation.getByRole('radio', { name: words.privately }).check();
      await creation.getByRole('button', { name: words.create }).click();
      await maker.getByRole('heading', { name: '# refunds' }).waitFor();

      await openDetails(maker, words);
      await maker.getByRole('button', { name: words.invite, exact: true }).click();
      const invitation = maker.getByRole('dialog', { name: words.invite, exact: true });
      await invitation.getByLabel(words.whom).fill('ㄱㅅ');
      await maker.getByRole('option', { name: COLLEAGUE }).click();
      await invitation.getByRole('button', { name: words.add, exact: true }).click();
      await maker.getByRole('button', { name: words.remove }).waitFor();
      await picture(maker, `team-details-${look.name}`);
      if (isPhone) await maker.keyboard.press('Escape');

      const field = maker.getByRole('textbox', { name: words.write, exact: true });
      await field.pressSequentially('안녕하세요 @서');
      await maker.getByRole('option', { name: COLLEAGUE }).waitFor();
      await picture(maker, `team-picker-${look.name}`);
      await field.press('Enter');
      await field.pressSequentially('top secret');
      await field.press('Enter');
      await maker.getByText('top secret').first().waitFor();

      await invited.getByText(words.mentioned).waitFor();
      await invited.getByRole('button', { name: words.show, exact: true }).click();
      await invited.getByText('top secret').first().waitFor();
      expect(await invited.locator('mark').textContent()).toBe(`@${COLLEAGUE}`);
      await picture(invited, `team-mentioned-${look.name}`);

      if (isPhone) await openDetails(maker, words);
      await maker.getByRole('button', { name: words.remove }).click();
      await maker.getByRole('dialog').getByRole('button', { name: words.removeNow, exact: true }).click();

      await invited.getByText(words.ended).waitFor();
      for (const trace of ['top secret', 'refunds'])
        await invited.getByText(trace).first().waitFor({ state: 'detached' });
      await picture(invited, `team-removed-${look.name}`);
      expect(complaints).toEqual([]);
      // What was asked for just before access ended is not found any more.
      expect(complaintsOfInvited.filter((complaint) => !complaint.includes('404'))).toEqual([]);
    },
    90_000,
  );
});

type Words = Record<keyof typeof KO, string | RegExp> & { write: string };

function wordsFor({ locale }: Look): Words {
  return locale.startsWith('ko') ? KO : { ...EN, write: 'Write a message' };
}

/** Beside the conversation where there is room, else behind a button. */
async function openDetails(page: Page, words: Words): Promise<void> {
  const button = page.getByRole('button', { name: words.details });
  if (await button.isVisible()) await button.click();
}

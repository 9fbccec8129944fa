import { expect, it } from '@jest/globals';
import { describeInBrowser, LOOKS, picture, wordsOf, write } from '../support/browser.js';
import { register } from '../support/people.js';
import { openWidget, Stage } from '../support/stage.js';

describeInBrowser('a visitor in the widget and an agent in the dashboard', () => {
  const stage = new Stage(2);

  it.each(LOOKS)(
    'talk to each other: $name',
    async (look) => {
      const words = wordsOf(look);
      const complaints: string[] = [];
      const { environment, agent } = await register(stage.url, 'Moru Tea');

      const { shop, widget } = await stage.visit(environment.pluginKey, look, complaints);
      const question = await write(widget, words.message, '우전은 언제 다시 들어오나요?');
      await question.waitFor();

      // The agent is on the other node.
      const dashboard = await stage.signIn(agent, look, complaints, `${stage.otherUrl}/dashboard`);
      await dashboard.getByText('우전은 언제 다시 들어오나요?').first().click();
      const answer = await write(dashboard, words.answer, '다음 주 화요일에 들어옵니다.');
      await answer.waitFor();
      await widget.getByText('다음 주 화요일에 들어옵니다.').last().waitFor();

      await (await write(widget, words.message, '고맙습니다!')).waitFor();
      await dashboard.getByText('고맙습니다!').last().waitFor();
      await picture(shop, `widget-${look.name}`);
      await picture(dashboard, `conversation-${look.name}`);

      await shop.reload();
      const again = await openWidget(shop, look);
      await again.getByText('다음 주 화요일에 들어옵니다.').last().waitFor();
      expect(complaints).toEqual([]);
    },
    60_000,
  );
});

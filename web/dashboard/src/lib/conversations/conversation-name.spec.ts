import i18next from 'i18next';
import { describe, expect, it } from 'vitest';
import { userName } from './conversation-name';

describe(userName, () => {
  const id = '01a21e93-bf48-7074-a4cd-49787ca70ee3';

  it.each([
    ['as they call themselves', '김민준', '김민준'],
    ['in the language of the agent, where the server has named them', '방문자 0EE3', 'Visitor 0EE3'],
    ['in the language of the agent, where nobody has', '', 'Visitor 0EE3'],
    ['as they call themselves, though it sounds like that', '방문자 1234', '방문자 1234'],
  ])('names people %s', (_how, name, shown) => {
    expect(userName({ id, name }, i18next.t)).toBe(shown);
  });

  it('names nobody in particular where there is nobody any more', () => {
    expect(userName(undefined, i18next.t)).toBe('Visitor');
  });
});

import { describe, expect, it } from 'vitest';
import { EVERYBODY, mentionedIn, mentionQueryAt, partsOf, withMention } from './mentions';
import type { Mention } from '../../../lib/drafts';

const kim: Mention = { type: 'agent', id: 'a1', name: '김서연' };
const ann: Mention = { type: 'agent', id: 'a2', name: 'Ann' };
const annLee: Mention = { type: 'agent', id: 'a3', name: 'Ann Lee' };

const queryOf = (text: string) => mentionQueryAt(text, text.length)?.text;

describe('what is being typed of a name', () => {
  it.each([
    ['@', ''],
    ['hi @an', 'an'],
    ['(@김서', '김서'],
    ['one\n@Ann L', 'Ann L'],
  ])('%j: %j', (text, query) => expect(queryOf(text)).toBe(query));

  it.each(['ann@shop', 'no', '@ann, ', '@a b c'])('is nothing in %j', (text) =>
    expect(queryOf(text)).toBeUndefined(),
  );

  it('is what stands before the caret', () => {
    expect(mentionQueryAt('@kim tomorrow', 3)).toEqual({ text: 'ki', start: 0 });
  });
});

it('puts the name in place of what was typed, with one space after it', () => {
  const text = 'hi @an tomorrow';
  const query = mentionQueryAt(text, 6)!;
  expect(withMention(text, query, 6, ann)).toEqual({ text: 'hi @Ann tomorrow', caret: 8 });
});

describe('who is meant', () => {
  it('is who was chosen, while the name stands in the text', () => {
    const chosen = [kim, ann, EVERYBODY];
    expect(mentionedIn('@김서연님, @all', chosen)).toEqual({
      mentions: [{ type: 'agent', id: 'a1' }],
      mentionsAll: true,
    });
    expect(mentionedIn('@김서, Ann', chosen)).toEqual({});
  });

  it('is not somebody whose name only begins like that', () => {
    expect(mentionedIn('@Anna', [ann])).toEqual({});
    expect(mentionedIn('@Ann Lee', [ann, annLee]).mentions).toEqual([{ type: 'agent', id: 'a3' }]);
  });
});

it('cuts the text at the names', () => {
  expect(partsOf('a @Ann, @nobody @김서연이', [ann, kim]).map(({ text }) => text)).toEqual([
    'a ',
    '@Ann',
    ', @nobody ',
    '@김서연',
    '이',
  ]);
});

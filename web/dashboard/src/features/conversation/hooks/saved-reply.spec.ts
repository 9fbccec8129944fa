import { describe, expect, it } from 'vitest';
import { filled, replyQueryIn } from './saved-reply';

describe('replyQueryIn', () => {
  it.each([
    ['/', ''],
    ['/hel', 'hel'],
    ['/환불', '환불'],
    ['', null],
    ['hello /', null],
    ['/hello there', null],
    ['/usr/bin', null],
    [`/${'x'.repeat(41)}`, null],
  ])('finds in %j what is looked for: %j', (text, query) => {
    expect(replyQueryIn(text)).toBe(query);
  });
});

describe('filled', () => {
  it('names the people, whatever they are called', () => {
    const names = { user: '$& Minjun', agent: 'Haneul' };
    expect(filled('Hello {{user.name}}, {{ agent.name }} here. {{user.name}}?', names)).toBe(
      'Hello $& Minjun, Haneul here. $& Minjun?',
    );
  });

  it.each([
    ['Hello {{user.name}}, how are you?', 'Hello, how are you?'],
    ['Hello {{user.name}}!\nThanks, {{ user.name }}.', 'Hello!\nThanks.'],
    ['Hi, {{user.name}}, welcome', 'Hi, welcome'],
    ['Hello {{user.name}} and welcome', 'Hello and welcome'],
    ['{{user.name}}, your money is back.', 'Your money is back.'],
    ['Sorry! {{user.name}}, please wait.\nYours, {{user.name}}', 'Sorry! Please wait.\nYours'],
    [
      '안녕하세요, {{user.name}}님! {{user.name}} 님의 문의입니다.',
      '안녕하세요, 고객님! 고객님의 문의입니다.',
    ],
    ['{{user.name}}様、こんにちは', 'お客様、こんにちは'],
  ])('leaves the name out where the user has none: %j', (content, said) => {
    expect(filled(content, { user: '', agent: 'Haneul' })).toBe(said);
  });

  it('leaves other braces alone', () => {
    expect(filled('{{order.id}}', { user: 'a', agent: 'b' })).toBe('{{order.id}}');
  });
});

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

  it('leaves other braces alone', () => {
    expect(filled('{{order.id}}', { user: 'a', agent: 'b' })).toBe('{{order.id}}');
  });
});

import { describe, expect, it } from '@jest/globals';
import { disabledMail } from './webhook-notice-mail.js';

describe(disabledMail.name, () => {
  const facts = {
    name: '<Orders>\r\nBcc: x',
    url: 'https://shop.example/?a=1&b=2',
    reason: 'failing' as const,
    link: 'https://chat.example/dashboard',
  };

  it.each(['ko', 'en'] as const)('says in %s which one, why, and where to go', (language) => {
    const { subject, text, html } = disabledMail(language, facts);
    expect(subject).not.toMatch(/[\r\n]/);
    for (const part of [facts.url, facts.link]) expect(text).toContain(part);
    expect(html).toContain('https://shop.example/?a=1&amp;b=2');
    expect(html).not.toContain('<Orders>');
    expect(disabledMail(language, { ...facts, reason: 'gone' }).text).toContain('410');
  });
});

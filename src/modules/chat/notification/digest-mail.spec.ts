import { describe, expect, it } from '@jest/globals';
import { composeDigestMail, type DigestMail, type DigestSection } from './digest-mail.js';

function aSection(given: Partial<DigestSection> = {}): DigestSection {
  const lines = [{ name: 'Kim Minji', text: 'Is it on its way?' }];
  return { title: 'Kim Minji', link: 'https://chat.example/inbox/1', count: 1, lines, ...given };
}

function aDigest(given: Partial<DigestMail> = {}) {
  const mail = { to: 'jiwoo@shop.example', language: 'en' as const, messageId: '<d.1@x>' };
  return composeDigestMail({ ...mail, sections: [aSection()], ...given });
}

describe(composeDigestMail.name, () => {
  it('says who wrote what in which conversation, and where to go on', () => {
    const second = aSection({ title: '제품', link: 'https://chat.example/team/2', count: 9 });
    const { to, subject, text, html, messageId } = aDigest({ sections: [aSection(), second] });
    expect({ to, subject, messageId }).toEqual({
      to: 'jiwoo@shop.example',
      subject: '10 unread messages: Kim Minji and 1 more conversation',
      messageId: '<d.1@x>',
    });
    for (const shown of [
      'Kim Minji',
      'Is it on its way?',
      'https://chat.example/inbox/1',
      '제품',
      '8 earlier',
    ]) {
      expect(text).toContain(shown);
      expect(html).toContain(shown);
    }
  });

  it('speaks the language of the reader', () => {
    const { subject, html } = aDigest({ language: 'ko' });
    expect(subject).toBe('읽지 않은 메시지 1개: Kim Minji');
    expect(html).toContain('<html lang="ko">');
  });

  it('shows what people wrote as text, and lets no line break into a header', () => {
    const evil = `<img src=x onerror="alert('1')">\r\nBcc: everyone@shop.example`;
    const section = aSection({ title: evil, lines: [{ name: evil, text: evil }], link: '"><script>' });
    const { html, subject } = aDigest({ sections: [section] });
    expect(html).not.toMatch(/<img|<script|onerror="/);
    expect(subject).not.toMatch(/[\r\n]/);
  });

  it('shows twenty conversations, and counts them all', () => {
    const { subject, text } = aDigest({ sections: Array.from({ length: 25 }, () => aSection()) });
    expect(subject).toBe('25 unread messages: Kim Minji and 24 more conversations');
    expect(text.match(/Open the conversation/g)).toHaveLength(20);
  });
});

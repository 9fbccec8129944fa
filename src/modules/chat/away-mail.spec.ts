import { describe, expect, it } from '@jest/globals';
import { composeAwayMail, type AwayMail } from './away-mail.js';

function aMail(given: Partial<AwayMail> = {}) {
  return composeAwayMail({
    to: 'minji@customer.example',
    language: 'en',
    title: 'Blue Bottle',
    lines: [{ name: 'Jiwoo', text: 'It is on its way.' }],
    link: 'https://chat.example/widget/frame#a=1&b=2',
    messageId: '<m.u@fast-light-chat>',
    ...given,
  });
}

describe(composeAwayMail.name, () => {
  it('says who wrote what, and where to go on, as text and as HTML', () => {
    const { to, subject, text, html, messageId } = aMail();
    expect({ to, subject, messageId }).toEqual({
      to: 'minji@customer.example',
      subject: 'Blue Bottle: 1 unread message',
      messageId: '<m.u@fast-light-chat>',
    });
    expect(text).toContain('Jiwoo: It is on its way.');
    expect(text).toContain('https://chat.example/widget/frame#a=1&b=2');
    expect(html).toContain('href="https://chat.example/widget/frame#a=1&amp;b=2"');
    expect(html).toContain('<html lang="en">');
  });

  it('counts', () => {
    const line = { name: 'Jiwoo', text: 'hi' };
    expect(aMail({ lines: [line, line] }).subject).toBe('Blue Bottle: 2 unread messages');
    expect(aMail({ language: 'ko', lines: [line, line] }).subject).toBe('Blue Bottle: 읽지 않은 메시지 2개');
  });

  it('speaks the language of the reader', () => {
    const { html, text } = aMail({ language: 'ko' });
    expect(html).toContain('<html lang="ko">');
    expect(text).toContain('대화 열기');
  });

  it('shows what people wrote as text, whatever it contains', () => {
    const evil = `<img src=x onerror="alert('1')">&amp;\n</p>`;
    const { html, text } = aMail({
      title: evil,
      lines: [{ name: evil, text: evil }],
      link: `https://a.example/"><script>`,
    });
    expect(html).not.toMatch(/<img|<script|onerror="/);
    expect(html).toContain('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;amp;<br>&lt;/p&gt;');
    expect(text).toContain(evil);
  });

  it('lets no line break into a header', () => {
    for (const lineBreak of ['\n', '\r\n', '\r', '\u2028', '\u0085', '\v']) {
      const { subject } = aMail({ title: `Kim${lineBreak}Bcc: everyone@shop.example` });
      expect(subject).toBe('Kim Bcc: everyone@shop.example: 1 unread message');
    }
  });

  it('cuts long messages, never a character in half', () => {
    const { text } = aMail({ lines: [{ name: 'Jiwoo', text: '😀'.repeat(600) }] });
    expect(text).toContain(`${'😀'.repeat(500)}…`);
    expect(text).not.toContain('😀'.repeat(501));
    expect(text.isWellFormed()).toBe(true);
  });
});

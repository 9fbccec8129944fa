import { describe, expect, it } from '@jest/globals';
import { layOut, type Letter } from './mail-layout.js';

const EVIL = `<img src=x onerror="alert('1')">&amp;`;

function laidOut(given: Partial<Letter> = {}) {
  return layOut({
    language: 'en',
    subject: 'You are invited',
    heading: 'Welcome',
    paragraphs: ['Come in.'],
    rows: [{ title: 'Jiwoo', text: 'first\nsecond' }],
    button: { label: 'Open', link: 'https://chat.example/#a=1&b=2' },
    footer: 'Good once.',
    ...given,
  });
}

describe(layOut.name, () => {
  it('says everything as text and as HTML', () => {
    const { text, html } = laidOut();
    for (const part of ['Welcome', 'Come in.', 'Jiwoo', 'Open', 'Good once.']) {
      expect(text).toContain(part);
      expect(html).toContain(part);
    }
    expect(text).toContain('Jiwoo: first\nsecond');
    expect(text).toContain('Open:\nhttps://chat.example/#a=1&b=2');
    expect(html).toContain('first<br>second');
    expect(html).toContain('href="https://chat.example/#a=1&amp;b=2"');
  });

  it('gives each section its own way on, which says where it leads', () => {
    const section = (title: string) => ({
      title,
      note: '3 earlier',
      rows: [{ title: null, text: 'Jiwoo took it over' }],
      link: { label: 'Open', link: `https://chat.example/${title}` },
    });
    const sections = [section('Kim'), section('Lee')];
    const { text, html } = laidOut({ rows: [], button: undefined, sections });
    expect(text).toContain('# Kim\n3 earlier\nJiwoo took it over\nOpen:\nhttps://chat.example/Kim');
    expect(html).toContain('href="https://chat.example/Lee" aria-label="Open: Lee"');
    expect(html).not.toContain('<strong');
  });

  it.each(['ko', 'en'] as const)(
    'tells readers that it is in %s, what it is and that it can be dark',
    (language) => {
      const { html } = laidOut({ language });
      expect(html).toContain(`<html lang="${language}">`);
      expect(html).toContain('<title>You are invited</title>');
      expect(html).toContain('<meta name="color-scheme" content="light dark">');
    },
  );

  it('loads nothing, and shows nothing as markup that was not its own', () => {
    const { html } = laidOut({
      subject: EVIL,
      heading: EVIL,
      paragraphs: [EVIL],
      rows: [{ title: EVIL, text: EVIL }],
      button: { label: EVIL, link: `https://a.example/"><script>` },
      footer: EVIL,
    });
    expect(html).not.toMatch(/<img|<script|onerror="|url\(|@import|<link/);
    expect(html.match(/&lt;img src=x onerror=/g)).toHaveLength(7);
  });

  it('keeps names and headers on one line', () => {
    for (const lineBreak of ['\n', '\r\n', '\r', '\u2028', '\u0085', '\v']) {
      const name = `Kim${lineBreak}Bcc: all@shop.example`;
      const { subject, text } = laidOut({
        subject: name,
        heading: name,
        rows: [{ title: name, text: 'hi' }],
      });
      expect(subject).toBe('Kim Bcc: all@shop.example');
      expect(text.split('\n').filter((line) => line.startsWith('Bcc'))).toEqual([]);
    }
  });
});

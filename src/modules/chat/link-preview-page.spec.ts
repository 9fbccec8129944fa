import { describe, expect, it } from '@jest/globals';
import { previewOfPage } from './link-preview-page.js';

const LINK = 'https://shop.example/a';

function of(html: string | Buffer, contentType = 'text/html; charset=utf-8') {
  return previewOfPage(LINK, { url: new URL(LINK), contentType, body: Buffer.from(html) });
}

describe(previewOfPage.name, () => {
  it('takes what the page says for others to show', () => {
    const html = `<html><head><title>own</title>
      <meta property="og:title" content="교환 &amp; 환불"><meta name="twitter:title" content="no">
      <meta name="description" content="  How it
        works "><meta property="og:image" content="/pictures/a.png"><meta property="og:site_name" content="Shop">`;
    expect(of(html)).toEqual({
      url: LINK,
      title: '교환 & 환불',
      description: 'How it works',
      imageUrl: 'https://shop.example/pictures/a.png',
      siteName: 'Shop',
    });
  });

  it('does with the title alone', () => {
    expect(of('<title>Own title</title><title>second</title>')).toEqual({
      url: LINK,
      title: 'Own title',
      description: null,
      imageUrl: null,
      siteName: null,
    });
  });

  it.each(['', '<p>text', '<title> </title>', '<body><title>late</title>', '\0\0\0'])(
    'is none for %j',
    (html) => expect(of(html)).toBeNull(),
  );

  it('reads the page in its own alphabet', () => {
    const korean = Buffer.from([0xb1, 0xb3, 0xc8, 0xaf]);
    const [before, after] = [Buffer.from('<meta charset="euc-kr"><title>'), Buffer.from('</title>')];
    expect(of(Buffer.concat([before, korean, after]), 'text/html')?.title).toBe('교환');
    expect(
      of(Buffer.concat([Buffer.from('<title>'), korean, after]), 'text/html; charset=EUC-KR')?.title,
    ).toBe('교환');
    expect(of('<title>교환</title>', 'text/html; charset=nonsense')?.title).toBe('교환');
  });

  it('is text, bounded, and points nowhere but to https', () => {
    const meta = (name: string, content: string) => `<meta property="${name}" content="${content}">`;
    const html =
      meta('og:title', `&lt;script&gt;\u202e\u0007${'가'.repeat(500)}`) +
      meta('og:description', '😀'.repeat(1_000)) +
      meta('og:site_name', 'x'.repeat(10_000));
    const preview = of(html)!;
    expect(preview.title).toMatch(/^<script> 가+…$/);
    expect([...preview.title]).toHaveLength(200);
    expect([...preview.description!]).toHaveLength(400);
    expect(preview.description!.isWellFormed()).toBe(true);
    expect(preview.siteName).toHaveLength(80);
    for (const image of [
      'http://a.example/x.png',
      'javascript:alert(1)',
      'data:image/png;base64,x',
      'https://u:p@a.example/',
      `https://a.example/${'x'.repeat(3_000)}`,
      'https://%',
    ]) {
      expect(of(`<title>t</title>${meta('og:image', image)}`)?.imageUrl).toBeNull();
    }
  });

  it('is quick with what was made to be slow', () => {
    const before = performance.now();
    for (const html of [
      `${'<a>'.repeat(40_000)}${'</b>'.repeat(40_000)}`,
      '<title>'.repeat(40_000),
      '<meta property="og:title" content="'.repeat(8_000),
      `<title>${'x '.repeat(130_000)}`,
      '<'.repeat(262_144),
      `<!--${'-'.repeat(262_000)}`,
    ]) {
      of(html);
    }
    expect(performance.now() - before).toBeLessThan(1_500);
  });
});

import { describe, expect, it } from '@jest/globals';
import { linksIn, previewsStillIn } from './link-preview.js';

describe(linksIn.name, () => {
  it.each<[string, string[]]>([
    ['nothing here', []],
    ['see https://shop.example/a?b=c#d.', ['https://shop.example/a?b=c#d']],
    ['여기(https://shop.example/교환)를', ['https://shop.example/교환)를']],
    ['(https://shop.example/)', ['https://shop.example/']],
    ['https://en.wikipedia.example/wiki/Chat_(a)', ['https://en.wikipedia.example/wiki/Chat_(a)']],
    [
      '[shop](https://shop.example/x), and <https://b.example>!',
      ['https://shop.example/x', 'https://b.example'],
    ],
    ['HTTPS://SHOP.EXAMPLE/', ['HTTPS://SHOP.EXAMPLE/']],
    ['javascript:alert(1) ftp://a.example data:text/html,x', []],
    ['https:// https://%', []],
  ])('finds in %j', (text, links) => expect(linksIn(text)).toEqual(links));

  it('takes the first three different ones', () => {
    const text = ['a', 'a', 'b', 'c', 'd'].map((name) => `https://${name}.example/`).join(' ');
    expect(linksIn(text)).toEqual(['https://a.example/', 'https://b.example/', 'https://c.example/']);
  });

  it('is quick with whatever fits into a message', () => {
    const before = performance.now();
    for (const text of [
      `https://a.example/${'.'.repeat(8_000)}x`,
      `https://a.example/${')'.repeat(8_000)}`,
      'https://'.repeat(1_000),
      `${'https://a.example/'.repeat(400)} `,
    ]) {
      linksIn(text);
    }
    expect(performance.now() - before).toBeLessThan(200);
  });
});

describe(previewsStillIn.name, () => {
  const preview = {
    url: 'https://a.example/',
    title: 'A',
    description: null,
    imageUrl: null,
    siteName: null,
  };

  it('keeps what the text still links to', () => {
    expect(previewsStillIn('now https://a.example/ only', [preview])).toEqual([preview]);
    expect(previewsStillIn('no link any more', [preview])).toBeNull();
    expect(previewsStillIn('https://a.example/', null)).toBeNull();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMarkdown, plainText, type Block, type Inline } from './markdown.js';

const text = (value: string): Inline => ({ kind: 'text', text: value });
const paragraph = (...children: Inline[]): Block => ({ kind: 'paragraph', children });
const link = (href: string, label = href): Inline => ({ kind: 'link', href, children: [text(label)] });

/** As the only paragraph. */
function inlines(source: string): Inline[] {
  const [block] = parseMarkdown(source);
  if (block?.kind !== 'paragraph') throw new Error('not a paragraph');
  return block.children;
}

describe('marks within a line', () => {
  it.each<[string, Inline[]]>([
    ['**bold**입니다', [{ kind: 'strong', children: [text('bold')] }, text('입니다')]],
    ['*a* and _b_', [emphasis('a'), text(' and '), emphasis('b')]],
    ['~~gone~~', [{ kind: 'strike', children: [text('gone')] }]],
    ['***both***', [{ kind: 'strong', children: [emphasis('both')] }]],
    ['**a *b* c**', [{ kind: 'strong', children: [text('a '), emphasis('b'), text(' c')] }]],
    ['`a *b* <i>`', [{ kind: 'code', text: 'a *b* <i>' }]],
    ['``a ` b``', [{ kind: 'code', text: 'a ` b' }]],
  ])('%s', (source, expected) => {
    expect(inlines(source)).toEqual(expected);
  });

  it.each([
    '2 * 3 * 4',
    '2*3*4',
    'snake_case_name',
    '__init__',
    '** no **',
    'a ~ b',
    '*open',
    '`open',
    '****',
  ])('takes no mark from %s', (source) => expect(inlines(source)).toEqual([text(source)]));

  it('keeps line breaks', () => {
    expect(inlines('one\r\ntwo')).toEqual([text('one\ntwo')]);
  });
});

describe('addresses', () => {
  it.each<[string, Inline[]]>([
    ['[us](https://a.example/x)', [link('https://a.example/x', 'us')]],
    ['[write](mailto:a@b.example)', [link('mailto:a@b.example', 'write')]],
    ['see https://a.example/b?c=1.', [text('see '), link('https://a.example/b?c=1'), text('.')]],
    ['(https://a.example/w_(x))', [text('('), link('https://a.example/w_(x)'), text(')')]],
    ['https://a.example/x에서', [link('https://a.example/x'), text('에서')]],
    ['https://a.example/위키', [link('https://a.example/위키')]],
    ['**https://a.example**', [{ kind: 'strong', children: [link('https://a.example')] }]],
    ['[https://b.example](https://a.example)', [link('https://a.example', 'https://b.example')]],
  ])('%s', (source, expected) => {
    expect(inlines(source)).toEqual(expected);
  });

  it.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](data:text/html,<script>alert(1)</script>)',
    '[x](vbscript:x)',
    '[x](//a.example)',
    '[x](/path)',
    '[](https:x)',
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
  ])('shows %s as text', (source) => {
    expect(inlines(source)).toEqual([text(source)]);
  });
});

describe('blocks', () => {
  it('finds code with its language, and leaves what is in it alone', () => {
    expect(parseMarkdown('before\n```TS\nconst a = "**b**";\n\n> c\n```\nafter')).toEqual([
      paragraph(text('before')),
      { kind: 'code', language: 'ts', text: 'const a = "**b**";\n\n> c' },
      paragraph(text('after')),
    ]);
  });

  it('takes code without an end for code', () => {
    expect(parseMarkdown('```\na')).toEqual([{ kind: 'code', language: null, text: 'a' }]);
  });

  it('finds lists, one in another', () => {
    expect(parseMarkdown('- a\n  - b\n- *c*')).toEqual([
      {
        kind: 'list',
        start: null,
        items: [
          [paragraph(text('a')), { kind: 'list', start: null, items: [[paragraph(text('b'))]] }],
          [paragraph(emphasis('c'))],
        ],
      },
    ]);
  });

  it('shows the numbers that were written', () => {
    const list = (start: number, ...items: string[]): Block => ({
      kind: 'list',
      start,
      items: items.map((item) => [paragraph(text(item))]),
    });
    expect(parseMarkdown('3. a\n4. b\n9. c')).toEqual([list(3, 'a', 'b'), list(9, 'c')]);
    expect(parseMarkdown('2026. 11. 21 배송')).toEqual([paragraph(text('2026. 11. 21 배송'))]);
  });

  it('finds quotes, and separates what stands apart', () => {
    expect(parseMarkdown('> a\n> > b\n\nc\n\nd')).toEqual([
      {
        kind: 'quote',
        children: [paragraph(text('a')), { kind: 'quote', children: [paragraph(text('b'))] }],
      },
      paragraph(text('c')),
      paragraph(text('d')),
    ]);
  });

  it('says it without the marks', () => {
    expect(plainText('> **a** [b](https://a.example)\n- `c`')).toBe('a b\nc');
  });
});

/** What people write, and what nobody would. */
const SIGNS = [
  '*',
  '**',
  '_',
  '~~',
  '`',
  '```',
  '[',
  ']',
  '](',
  ')',
  '(',
  '> ',
  '- ',
  '1. ',
  '\n',
  ' ',
  '<',
  '"',
];
const WORDS = ['a', 'B7', '한글', '東京', '🙂', 'https://a.example', 'javascript:', 'mailto:x'];
const source = fc.array(fc.constantFrom(...SIGNS, ...WORDS)).map((parts) => parts.join(''));

describe('whatever is written', () => {
  it('is taken without a throw, and nothing is made up', () => {
    fc.assert(
      fc.property(fc.oneof(source, fc.string({ unit: 'binary' })), (written) => {
        expect(isWithin(plainText(written), written.replace(/\r\n?/g, '\n'))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps every letter, where there is no target of a link and no name of a language', () => {
    const plain = source.map((written) => written.replaceAll(/[`(\d]/g, ''));
    fc.assert(
      fc.property(plain, (written) => {
        expect(letters(plainText(written))).toBe(letters(written));
      }),
      { numRuns: 500 },
    );
  });

  it('leads nowhere but to the web and to mail', () => {
    fc.assert(
      fc.property(source, (written) => {
        for (const href of hrefsOf(parseMarkdown(written))) expect(href).toMatch(/^(https?|mailto):/i);
      }),
    );
  });

  it('never nests deep', () => {
    fc.assert(
      fc.property(source, (written) => {
        expect(depthOf(parseMarkdown(written))).toBeLessThan(20);
      }),
    );
  });

  it.each([
    ['quotes', '>'.repeat(10_000)],
    ['spaced quotes', '> '.repeat(10_000) + 'a'],
    ['brackets', '['.repeat(10_000) + ']'.repeat(10_000)],
    ['links', '[a]('.repeat(10_000)],
    ['labels', '[a](b'.repeat(10_000)],
    ['stars', '*a **b '.repeat(10_000)],
    ['all marks', '*a _b ~~c **d ***e '.repeat(4_000)],
    ['ticks', Array.from({ length: 400 }, (_, n) => '`'.repeat(n + 1)).join(' ')],
    ['fences', '```\n'.repeat(10_001)],
    ['a fence and spaces', '```' + ' '.repeat(50_000) + '!'],
    ['a bullet and spaces', '-' + ' '.repeat(50_000)],
    ['bullets', '- '.repeat(10_000) + 'a'],
    ['indented bullets', Array.from({ length: 2_000 }, (_, n) => ' '.repeat(n % 60) + '- a').join('\n')],
    ['addresses', 'https://'.repeat(10_000)],
    ['an address and brackets', 'https://a.example/' + '('.repeat(20_000) + ')'.repeat(40_000)],
    ['lines', '\n'.repeat(50_000)],
  ])('is quick with many %s', (_name, written) => {
    const started = performance.now();
    const blocks = parseMarkdown(written);
    expect(performance.now() - started).toBeLessThan(500);
    expect(depthOf(blocks)).toBeLessThan(20);
  });

  it('takes four times as long for four times as much', () => {
    const hard = '> - [a](b *c **d `e` https://f.example) ~~g\n';
    const short = timeOf(hard.repeat(2_000));
    expect(timeOf(hard.repeat(8_000))).toBeLessThan(short * 12 + 50);
  });
});

function emphasis(value: string): Inline {
  return { kind: 'emphasis', children: [text(value)] };
}

function timeOf(written: string): number {
  parseMarkdown(written);
  const started = performance.now();
  parseMarkdown(written);
  return performance.now() - started;
}

function letters(value: string): string {
  return value.replaceAll(/[^\p{L}\p{S}]|[`~<>]/gu, '');
}

/** In the same order, with nothing that is not there; line breaks between blocks aside. */
function isWithin(shown: string, written: string): boolean {
  let at = 0;
  for (const character of shown) {
    if (character === '\n') continue;
    const found = written.indexOf(character, at);
    if (found === -1) return false;
    at = found + character.length;
  }
  return true;
}

type Node = Block | Inline;

function childrenOf(node: Node): Node[] {
  if (node.kind === 'list') return node.items.flat();
  return 'children' in node ? node.children : [];
}

function depthOf(nodes: readonly Node[]): number {
  return nodes.reduce((deepest, node) => Math.max(deepest, 1 + depthOf(childrenOf(node))), 0);
}

function hrefsOf(nodes: readonly Node[]): string[] {
  return nodes.flatMap((node) => [
    ...(node.kind === 'link' ? [node.href] : []),
    ...hrefsOf(childrenOf(node)),
  ]);
}

import { describe, expect, it } from '@jest/globals';
import { parseQuery, saysAll, snippetOf } from './search-terms.js';

describe(parseQuery.name, () => {
  it('takes words one by one and phrases as they stand', () => {
    expect(parseQuery('교환 "제품  문의" ＡＢＣ')).toEqual(['교환', '제품 문의', 'abc']);
    expect(parseQuery('“내일 오전” 배송')).toEqual(['내일 오전', '배송']);
  });

  it('copes with a quote that is never closed, and with nothing at all', () => {
    expect(parseQuery('"제품 문의')).toEqual(['제품', '문의']);
    expect(parseQuery(' "" ')).toEqual([]);
  });
});

describe(saysAll.name, () => {
  it('compares without case, width and the kind of white space', () => {
    expect(saysAll('My ＲＥＦＵＮＤ\nplease', ['refund please'])).toBe(true);
    expect(saysAll('My refund', ['refund', 'please'])).toBe(false);
    expect(saysAll('a+b (c)', ['a+b', '(c)'])).toBe(true);
  });
});

describe(snippetOf.name, () => {
  const marked = (content: string, ...terms: string[]) => {
    const { text, ranges } = snippetOf(content, terms);
    return ranges.map(([start, end]) => text.slice(start, end));
  };

  it('says where the words stand', () => {
    expect(snippetOf('제품 교환 문의입니다', ['교환'])).toEqual({
      text: '제품 교환 문의입니다',
      ranges: [[3, 5]],
    });
    expect(marked('Refund? refund! REFUND', 'refund')).toEqual(['Refund', 'refund', 'REFUND']);
  });

  it('joins what overlaps', () => {
    expect(marked('refunded', 'refund', 'funded')).toEqual(['refunded']);
  });

  it('cuts a long text around the first place, and no character in half', () => {
    const { text, ranges } = snippetOf(`${'😀'.repeat(301)}교환${'😀'.repeat(300)}`, ['교환']);
    expect(text.length).toBeLessThanOrEqual(163);
    expect(text).toMatch(/^….*교환.*…$/u);
    expect(text.isWellFormed()).toBe(true);
    expect(text.slice(...ranges[0]!)).toBe('교환');
  });

  it('finds the places also where letters change their length when they are compared', () => {
    expect(marked('㈜ 회사 İstanbul 각 교환', '교환')).toEqual(['교환']);
    expect(marked('ﬁne refund', 'refund')).toEqual(['refund']);
    expect(marked('가나다'.normalize('NFD'), '나')).toEqual(['나'.normalize('NFD')]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { rangeOf } from './byte-range.js';
import { allowedType, assertHonest, textTypeOf, withFittingEnding } from './file-kinds.js';
import { safeName } from './file-name.js';

const UNSUPPORTED = expect.objectContaining({ code: 'files.unsupported_type' });

describe(safeName.name, () => {
  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\kim\\사진.jpg', '사진.jpg'],
    ['a\u0000b\n.txt', 'ab.txt'],
    ['photo\u202Egnp.exe', 'photognp.exe'],
    ['.htaccess', 'htaccess'],
    ['"><img>.png', 'img.png'],
    ['', 'file'],
    [undefined, 'file'],
    ['/', 'file'],
  ])('%j becomes %j', (given, safe) => expect(safeName(given)).toBe(safe));

  it('keeps the ending of a long one, and no half character', () => {
    const safe = safeName(`${'😀'.repeat(300)}.pdf`);
    expect([...safe]).toHaveLength(200);
    expect(safe.endsWith('😀.pdf')).toBe(true);
    expect(safe.isWellFormed()).toBe(true);
  });
});

describe('the type of a file', () => {
  it('is one of those that we know', () => {
    expect(allowedType('image/apng')).toBe('image/png');
    for (const type of ['image/svg+xml', 'text/html', 'application/xml', 'application/x-msdownload'])
      expect(() => allowedType(type)).toThrow(UNSUPPORTED);
  });

  it('of text is by its name, and never a page', () => {
    expect(textTypeOf('a.csv')).toBe('text/csv');
    expect(textTypeOf('package.JSON')).toBe('application/json');
    expect(textTypeOf('notes')).toBe('text/plain');
    for (const name of ['a.html', 'a.SVG', 'a.js', 'a.xhtml'])
      expect(() => textTypeOf(name)).toThrow(UNSUPPORTED);
  });

  it('is what it says where it says that it is a picture', () => {
    expect(() => assertHonest('application/zip', 'a.png', '')).toThrow(UNSUPPORTED);
    expect(() => assertHonest('text/plain', 'a.txt', 'image/png')).toThrow(UNSUPPORTED);
    expect(() => assertHonest('image/jpeg', 'a.png', 'application/octet-stream')).not.toThrow();
  });

  it('is seen from the name', () => {
    expect(withFittingEnding('photo.exe', 'image/png')).toBe('photo.exe.png');
    expect(withFittingEnding('photo.JPEG', 'image/jpeg')).toBe('photo.JPEG');
    expect(withFittingEnding('main.py', 'text/plain')).toBe('main.py');
  });
});

describe(rangeOf.name, () => {
  it.each([
    ['bytes=0-9', { start: 0, end: 9 }],
    ['bytes=90-', { start: 90, end: 99 }],
    ['bytes=-10', { start: 90, end: 99 }],
    ['bytes=-1000', { start: 0, end: 99 }],
    ['bytes=50-1000', { start: 50, end: 99 }],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=9-0', 'all'],
    ['bytes=0-1,5-6', 'all'],
    ['lines=0-1', 'all'],
    ['bytes=-', 'all'],
    [undefined, 'all'],
  ])('%s of a hundred bytes', (header, range) => expect(rangeOf(header, 100)).toEqual(range));

  it('has no part of nothing', () => expect(rangeOf('bytes=0-', 0)).toBe('unsatisfiable'));
});

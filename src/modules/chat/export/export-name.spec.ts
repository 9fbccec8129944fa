import { describe, expect, it } from '@jest/globals';
import { exportNameOf } from './export-name.js';

const shown = (title: string) => decodeURIComponent(exportNameOf(title, 'c1', 'txt').split("UTF-8''")[1]!);

describe(exportNameOf.name, () => {
  it('names the file by its title, and by its id for old programs', () => {
    expect(exportNameOf('교환 문의', 'c1', 'html')).toBe(
      `attachment; filename="conversation-c1.html"; filename*=UTF-8''${encodeURIComponent('교환-문의.html')}`,
    );
  });

  it.each([
    ['../../etc/passwd', 'etc-passwd.txt'],
    ['a"; filename="evil.exe', 'a-filename-evil-exe.txt'],
    ['x\r\nSet-Cookie: a=b', 'x-Set-Cookie-a-b.txt'],
    ['\u202egpj.exe', 'gpj-exe.txt'],
    ['C:\\con', 'C-con.txt'],
    [' .. ', 'conversation-c1.txt'],
    ['\ud800', 'conversation-c1.txt'],
    ['가'.repeat(300), `${'가'.repeat(60)}.txt`],
  ])('makes %j safe', (title, name) => expect(shown(title)).toBe(name));
});

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { memberFrom } from '../../src/modules/auth/identity-proof.js';
import {
  IDENTITY_SAMPLES,
  SECRET_VARIABLE,
  type IdentitySample,
} from '../../web/dashboard/src/features/settings/hooks/identity-samples.js';

const SECRET = '00ff'.repeat(16);
const MEMBER_ID = "민지's #1";
const QUOTED = `"${MEMBER_ID}"`;

/** What runs a sample, the file that it stands in, and the lines that print what it makes. */
const RUNNERS: Record<
  IdentitySample['id'],
  { command: string; file: string; call: string; args?: string[] }
> = {
  node: { command: process.execPath, file: 'hash.mjs', call: `console.log(memberHash(${QUOTED}));` },
  python: { command: 'python3', file: 'hash.py', call: `print(member_hash(${QUOTED}))` },
  php: { command: 'php', file: 'hash.php', call: `echo member_hash(${QUOTED});` },
  ruby: { command: 'ruby', file: 'hash.rb', call: `puts member_hash("민지's \\#1")` },
  go: {
    command: 'go',
    args: ['run'],
    file: 'hash.go',
    call: `func main() { hash, _ := memberHash(${QUOTED}); os.Stdout.WriteString(hash) }`,
  },
  java: {
    command: 'java',
    file: 'Hash.java',
    call: '',
  },
};
/** A source file that is run as it stands begins with the class that has the main method. */
const JAVA_MAIN = `class Hash {
  public static void main(String[] args) throws Exception { System.out.println(MemberHash.of(${QUOTED})); }
}
`;

function isHere(command: string): boolean {
  const places = (process.env.PATH ?? '').split(delimiter);
  return existsSync(command) || places.some((place) => existsSync(join(place, command)));
}

function textOf({ id, code }: IdentitySample): string {
  return id === 'java'
    ? code.replace('final class', `${JAVA_MAIN}final class`)
    : `${code}\n${RUNNERS[id].call}\n`;
}

describe('the samples of the identity settings', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'samples-'));
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  /** A machine need not have them all: whatever is here is run, and Node always is. */
  const runnable = IDENTITY_SAMPLES.filter(({ id }) => isHere(RUNNERS[id].command));

  it('are run in Node at least', () => {
    expect(runnable.map(({ id }) => id)).toContain('node');
  });

  it.each(runnable.map((sample) => [sample.label, sample] as const))(
    'make a proof that is accepted: %s',
    (_, sample) => {
      const { command, args = [], file } = RUNNERS[sample.id];
      const path = join(folder, file);
      writeFileSync(path, textOf(sample));
      const env = { ...process.env, [SECRET_VARIABLE]: SECRET, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' };
      const memberHash = execFileSync(command, [...args, path], { env, encoding: 'utf8' }).trim();
      const claim = { memberId: MEMBER_ID, memberHash };
      const member = memberFrom(claim, 'required', Buffer.from(SECRET, 'hex'), new Date());
      expect(member).toEqual({ memberId: MEMBER_ID, identity: 'verified' });
    },
    60_000,
  );
});

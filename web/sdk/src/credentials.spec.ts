import { describe, expect, it, vi } from 'vitest';
import { Credentials } from './credentials.js';

const token = (value: string) => Promise.resolve({ token: value });

describe(Credentials.name, () => {
  it('asks one question for all who want to connect', async () => {
    const ask = vi.fn(() => token('a'));
    const credentials = new Credentials(ask);
    await Promise.all([credentials.get('connect'), credentials.headers(), credentials.get('connect')]);
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it('does not give those who were refused what was already on its way', async () => {
    const ask = vi.fn((reason: string) => token(reason === 'expired' ? 'fresh' : 'old'));
    const credentials = new Credentials(ask);
    const [first, second, third] = await Promise.all([
      credentials.get('connect'),
      credentials.get('expired'),
      credentials.get('connect'),
    ]);
    expect([first, second, third]).toEqual([{ token: 'old' }, { token: 'fresh' }, { token: 'fresh' }]);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('asks anew after an answer that nobody waits for any more', async () => {
    const ask = vi
      .fn(() => token('b'))
      .mockImplementationOnce(() => new Promise<{ token: string }>(() => undefined));
    const credentials = new Credentials(ask);
    void credentials.get('connect');
    credentials.abandon();
    await expect(credentials.get('connect')).resolves.toEqual({ token: 'b' });
  });

  it('keeps the fresh ones when older ones come in after them', async () => {
    let answerOld: (auth: { token: string }) => void = () => undefined;
    const ask = vi
      .fn(() => token('fresh'))
      .mockImplementationOnce(() => new Promise((resolve) => (answerOld = resolve)));
    const credentials = new Credentials(ask);
    const old = credentials.get('connect');
    await credentials.get('expired');
    answerOld({ token: 'old' });
    await old;
    await expect(credentials.headers()).resolves.toEqual({ authorization: 'Bearer fresh' });
  });
});

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { NotFound, Unavailable } from './common.errors.js';
import { outlasting } from './outlasting.js';

describe(outlasting, () => {
  const ask = jest.fn<() => Promise<string>>();

  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => {
    jest.useRealTimers();
    ask.mockReset();
  });

  it('has an answer when the store is back', async () => {
    ask.mockRejectedValueOnce(new Unavailable()).mockResolvedValue('here');
    const answer = outlasting(ask);
    await jest.runAllTimersAsync();
    expect(await answer).toBe('here');
  });

  it('gives up on one that stays away', async () => {
    ask.mockRejectedValue(new Unavailable());
    const given = expect(outlasting(ask)).rejects.toBeInstanceOf(Unavailable);
    await jest.runAllTimersAsync();
    await given;
    expect(ask).toHaveBeenCalledTimes(4);
  });

  it('does not ask again for what will not change', async () => {
    ask.mockRejectedValue(new NotFound('chat'));
    await expect(outlasting(ask)).rejects.toBeInstanceOf(NotFound);
    expect(ask).toHaveBeenCalledTimes(1);
  });
});

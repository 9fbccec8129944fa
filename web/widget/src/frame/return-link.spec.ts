import { beforeEach, describe, expect, it } from 'vitest';
import { keepArrival, keptArrival } from './arrival.js';
import { takeReturnLink } from './return-link.js';
import { createSafeStorage } from './storage.js';

const storage = createSafeStorage(() => sessionStorage);

describe(takeReturnLink, () => {
  beforeEach(() => {
    sessionStorage.clear();
    history.replaceState(null, '', '/widget/frame');
  });

  it('takes the signed part out of the address, and survives a reload without it', () => {
    history.replaceState(
      null,
      '',
      '/widget/frame#pluginKey=pk_1&visitorToken=signed&userId=u1&conversationId=c1',
    );
    const link = takeReturnLink();
    expect(link).toEqual({ pluginKey: 'pk_1', visitorToken: 'signed', userId: 'u1', conversationId: 'c1' });
    expect(location.hash).toBe('');
    keepArrival(storage, link!);
    expect(JSON.stringify({ ...sessionStorage })).not.toContain('signed');
    expect(keptArrival(storage)).toEqual({ pluginKey: 'pk_1', userId: 'u1', conversationId: 'c1' });
  });

  it('is nothing without a link, or with half of one', () => {
    expect(takeReturnLink()).toBeNull();
    expect(keptArrival(storage)).toBeNull();
    history.replaceState(null, '', '/widget/frame#pluginKey=pk_1');
    expect(takeReturnLink()).toBeNull();
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { takeReturnLink } from './return-link.js';

describe(takeReturnLink, () => {
  beforeEach(() => {
    sessionStorage.clear();
    history.replaceState(null, '', '/widget/frame');
  });

  it('takes the signed part out of the address, and survives a reload without it', () => {
    history.replaceState(null, '', '/widget/frame#pluginKey=pk_1&visitorToken=signed&conversationId=c1');
    expect(takeReturnLink()).toEqual({ pluginKey: 'pk_1', visitorToken: 'signed', conversationId: 'c1' });
    expect(location.hash).toBe('');
    expect(JSON.stringify({ ...sessionStorage })).not.toContain('signed');
    expect(takeReturnLink()).toEqual({ pluginKey: 'pk_1', conversationId: 'c1' });
  });

  it('is nothing without a link, with half of one, or inside a page', () => {
    expect(takeReturnLink()).toBeNull();
    history.replaceState(null, '', '/widget/frame#pluginKey=pk_1');
    expect(takeReturnLink()).toBeNull();
    history.replaceState(null, '', '/widget/frame#pluginKey=pk_1&visitorToken=signed');
    const framed = { parent: {}, location, history, sessionStorage } as unknown as Window;
    expect(takeReturnLink(framed)).toBeNull();
  });
});

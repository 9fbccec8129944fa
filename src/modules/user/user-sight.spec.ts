import { describe, expect, it } from '@jest/globals';
import { deviceOf, devicesAfter, pageAfter, type Device } from './user-sight.js';

const at = (seconds: number) => new Date(seconds * 1_000);
const look = (browser: string) => ({ kind: 'desktop' as const, browser, os: 'Windows' });

describe(deviceOf.name, () => {
  it.each([
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0',
      ['desktop', 'Edge', 'Windows'],
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15',
      ['desktop', 'Safari', 'macOS'],
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 KAKAOTALK 10.8.5',
      ['mobile', 'KakaoTalk', 'iOS'],
    ],
    [
      'Mozilla/5.0 (Linux; Android 14; SM-S921N) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36',
      ['mobile', 'Samsung Internet', 'Android'],
    ],
    [
      'Mozilla/5.0 (Linux; Android 13; SM-X700) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
      ['tablet', 'Chrome', 'Android'],
    ],
    [
      'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0',
      ['desktop', 'Firefox', 'Linux'],
    ],
    ['curl/8.5.0', ['desktop', null, null]],
  ])('reads %s', (userAgent, expected) => {
    const { kind, browser, os } = deviceOf(userAgent);
    expect([kind, browser, os]).toEqual(expected);
  });
});

describe(devicesAfter.name, () => {
  it('keeps the newest five, newest first, each once', () => {
    const names = ['Chrome', 'Edge', 'Opera', 'Whale', 'Safari', 'Firefox', 'Edge'];
    const devices = names.reduce<readonly Device[]>(
      (known, name, second) => devicesAfter(known, look(name), at(second)),
      [],
    );
    expect(devices.map(({ browser }) => browser)).toEqual(['Edge', 'Firefox', 'Safari', 'Whale', 'Opera']);
    expect(devices[0]?.lastSeenAt).toEqual(at(6));
  });

  it('takes no notice of the same one again within a minute', () => {
    const devices = devicesAfter([], look('Chrome'), at(0));
    expect(devicesAfter(devices, look('Chrome'), at(59))).toBe(devices);
    expect(devicesAfter(devices, look('Chrome'), at(60))[0]?.lastSeenAt).toEqual(at(60));
  });
});

describe(pageAfter.name, () => {
  it('is where the user is now', () => {
    const cart = pageAfter(null, { url: 'https://shop.example/cart', title: ' Cart ' }, at(0));
    expect(cart).toEqual({ url: 'https://shop.example/cart', title: 'Cart', at: at(0) });
    expect(pageAfter(cart, { url: 'https://shop.example/cart', title: 'Cart' }, at(30))).toBe(cart);
    expect(pageAfter(cart, { url: 'https://shop.example/', title: '' }, at(30))).toEqual({
      url: 'https://shop.example/',
      title: null,
      at: at(30),
    });
  });
});

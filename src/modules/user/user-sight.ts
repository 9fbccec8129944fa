import type { DeviceView, PageVisit } from '../../contracts/users.js';

/** Where a user was last on the company's site. */
export interface Page {
  url: string;
  title: string | null;
  at: Date;
}

export interface Device extends Omit<DeviceView, 'lastSeenAt'> {
  lastSeenAt: Date;
}

export type DeviceLook = Omit<Device, 'lastSeenAt'>;

const MAX_DEVICES = 5;
/** People read it: the same again within a minute is not worth a write. */
const SAME_WITHIN_MS = 60_000;

/** The same object when nothing is new. */
export function pageAfter(page: Page | null, { url, title }: PageVisit, at: Date): Page {
  const visit = { url, title: title?.trim() || null, at };
  const isSame = page?.url === visit.url && page.title === visit.title;
  return isSame && isLately(page.at, at) ? page : visit;
}

/** Newest first; the same list when nothing is new. */
export function devicesAfter(devices: readonly Device[], seen: DeviceLook, at: Date): readonly Device[] {
  const known = devices.find((device) => isSameLook(device, seen));
  if (known && known === devices[0] && isLately(known.lastSeenAt, at)) return devices;
  const others = devices.filter((device) => device !== known);
  return [{ ...seen, lastSeenAt: at }, ...others].slice(0, MAX_DEVICES);
}

function isLately(before: Date, at: Date): boolean {
  return at.getTime() - before.getTime() < SAME_WITHIN_MS;
}

function isSameLook(a: DeviceLook, b: DeviceLook): boolean {
  return a.kind === b.kind && a.browser === b.browser && a.os === b.os;
}

const BROWSERS: [RegExp, string][] = [
  // Those who build upon another name it as well: whoever comes first is meant.
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\/|Opera/, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Whale\//, 'Whale'],
  [/KAKAOTALK/i, 'KakaoTalk'],
  [/NAVER\(inapp/, 'NAVER'],
  [/ Line\//, 'LINE'],
  [/FB(AN|AV)\//, 'Facebook'],
  [/Instagram/, 'Instagram'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];

const SYSTEMS: [RegExp, string][] = [
  [/Windows/, 'Windows'],
  [/Android/, 'Android'],
  [/iPad/, 'iPadOS'],
  [/iPhone|iPod/, 'iOS'],
  [/CrOS/, 'ChromeOS'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/Linux/, 'Linux'],
];

/** What people would call it. A browser may say what it likes, so nothing is decided by it. */
export function deviceOf(userAgent: string): DeviceLook {
  return { kind: kindOf(userAgent), browser: nameIn(BROWSERS, userAgent), os: nameIn(SYSTEMS, userAgent) };
}

function kindOf(userAgent: string): Device['kind'] {
  if (/iPad|Tablet/.test(userAgent) || (/Android/.test(userAgent) && !/Mobile/.test(userAgent)))
    return 'tablet';
  return /Mobi|iPhone|iPod/.test(userAgent) ? 'mobile' : 'desktop';
}

function nameIn(names: readonly [RegExp, string][], userAgent: string): string | null {
  return names.find(([sign]) => sign.test(userAgent))?.[1] ?? null;
}

import { describe, expect, it } from '@jest/globals';
import { AWAY_AFTER_MS, changesAt, statusOf } from './presence.js';

const NOW = 10_000_000;
const living = { expiresAt: NOW + 1, activeAt: NOW - 1_000 };
const idle = { expiresAt: NOW + 1, activeAt: NOW - AWAY_AFTER_MS };
const dead = { expiresAt: NOW, activeAt: NOW };

describe(statusOf.name, () => {
  it('is offline without a living connection', () => {
    expect(statusOf([], NOW)).toBe('offline');
    expect(statusOf([dead], NOW)).toBe('offline');
  });

  it('is online while any connection is in use', () => {
    expect(statusOf([dead, idle, living], NOW)).toBe('online');
  });

  it('is away when all connections are idle for five minutes', () => {
    expect(statusOf([idle, dead], NOW)).toBe('away');
    expect(statusOf([{ ...idle, activeAt: idle.activeAt + 1 }], NOW)).toBe('online');
  });
});

describe(changesAt.name, () => {
  it('is when the first connection expires, or is idle for too long', () => {
    const late = { expiresAt: NOW + 60_000, activeAt: NOW - 1_000 };
    const idler = { expiresAt: NOW + 60_000, activeAt: NOW - AWAY_AFTER_MS + 20_000 };
    expect(changesAt([late, { ...late, expiresAt: NOW + 30_000 }], NOW)).toBe(NOW + 30_000);
    expect(changesAt([late, idler], NOW)).toBe(NOW + 20_000);
    expect(changesAt([{ ...late, activeAt: idle.activeAt }, dead], NOW)).toBe(NOW + 60_000);
  });

  it('is never for who is not connected', () => {
    expect(changesAt([dead], NOW)).toBeNull();
  });
});

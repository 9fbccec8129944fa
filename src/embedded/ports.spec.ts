import { createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { freePort } from './ports.js';

/** Where Linux begins with those of outgoing connections; others begin later. */
const OUTGOING = 32_768;

describe(freePort.name, () => {
  it('is one of last time while nobody has that', async () => {
    const port = await freePort();
    expect(await freePort(port)).toBe(port);
    const holder = createServer().listen(port, '127.0.0.1');
    expect(await freePort(port)).not.toBe(port);
    await new Promise((resolve) => holder.close(resolve));
  });

  it('is never one that an outgoing connection may be given, and each time another', async () => {
    const ports = await Promise.all(Array.from({ length: 50 }, () => freePort()));
    expect(new Set(ports).size).toBe(ports.length);
    expect(ports.filter((port) => port >= OUTGOING)).toEqual([]);
  });
});

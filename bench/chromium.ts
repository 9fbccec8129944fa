import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import { percentiles } from './figures.js';

const CHROMIUM = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path !== undefined && existsSync(path),
);
const A_DROPPED_FRAME_MS = 50;

export function launchChromium(...flags: string[]): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu', ...flags] });
}

/** `frames`: how long each took, in milliseconds. */
export function describeFrames(name: string, frames: readonly number[]): void {
  const { p50, p95, max } = percentiles(frames);
  const slow = frames.filter((ms) => ms > A_DROPPED_FRAME_MS).length;
  console.log(
    `${name.padEnd(22)} ${frames.length} frames, p50 ${p50} ms, p95 ${p95} ms, at most ${max} ms, ` +
      `over ${A_DROPPED_FRAME_MS} ms: ${slow}`,
  );
}

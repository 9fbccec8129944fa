/**
 * What an upload of 20 MB adds to the memory of the api, and how soon a thumbnail is there:
 * `node --import ./test/support/resolve-typescript.mjs bench/upload.ts`.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { startServer } from './server.js';

const MEGABYTE = 1024 * 1024;
const ROUNDS = 5;

interface Figures {
  addedMegabytes: number[];
  thumbnailMs: number[];
}

async function measure(): Promise<Figures> {
  const server = await startServer({});
  try {
    const headers = await signIn(server.url);
    const large = Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(20 * MEGABYTE - 9)]);
    // The first ones make the server as large as it is when it has been at work.
    for (let round = 0; round < ROUNDS; round++) await upload(server.url, headers, 'a.pdf', large);
    const addedMegabytes: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      addedMegabytes.push(await peakOf(server.pids.api!, () => upload(server.url, headers, 'a.pdf', large)));
    }
    return { addedMegabytes, thumbnailMs: await timeThumbnails(server.url, headers) };
  } finally {
    await server.stop();
  }
}

/** How far the resident memory goes above where it was, by the kernel's own high-water mark. */
async function peakOf(pid: number, work: () => Promise<unknown>): Promise<number> {
  await sleep(1_000);
  await writeFile(`/proc/${pid}/clear_refs`, '5');
  const before = await memoryOf(pid, 'VmRSS');
  await work();
  return Math.round(((await memoryOf(pid, 'VmHWM')) - before) / 102.4) / 10;
}

async function memoryOf(pid: number, name: 'VmRSS' | 'VmHWM'): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]);
}

/** From the end of the upload to the small picture in the hands of who asks for it. */
async function timeThumbnails(url: string, headers: Record<string, string>): Promise<number[]> {
  const picture = await sharp({
    create: {
      width: 4_000,
      height: 3_000,
      channels: 3,
      noise: { type: 'gaussian', mean: 128, sigma: 30 },
      background: 'red',
    },
  })
    .jpeg()
    .toBuffer();
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const { thumbnailUrl } = await upload(url, headers, 'a.jpg', picture);
    const begun = performance.now();
    await (await fetch(thumbnailUrl!)).arrayBuffer();
    times.push(Math.round(performance.now() - begun));
  }
  return times;
}

async function signIn(url: string): Promise<Record<string, string>> {
  const body = {
    organizationName: 'Bench',
    name: 'Bench',
    email: 'a@agents.example',
    password: 'correct horse battery',
  };
  const answer = await fetch(`${url}/v1/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const { accessToken } = (await answer.json()) as { accessToken: string };
  return { authorization: `Bearer ${accessToken}` };
}

async function upload(
  url: string,
  headers: Record<string, string>,
  name: string,
  bytes: Buffer,
): Promise<{ thumbnailUrl?: string }> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)]), name);
  const answer = await fetch(`${url}/v1/files`, { method: 'POST', headers, body: form });
  if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
  return (await answer.json()) as { thumbnailUrl?: string };
}

console.log(JSON.stringify(await measure(), null, 2));

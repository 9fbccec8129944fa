import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  hkdfSync,
  randomBytes,
  verify,
  type ECDH,
} from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a browser hands to its page, and what only the browser knows. */
export interface Device {
  subscription: { endpoint: string; keys: { p256dh: string; auth: string } };
  pushes: ReceivedPush[];
}

export interface ReceivedPush {
  headers: IncomingHttpHeaders;
  /** Of the signed token: `aud`, `exp`, `sub`. */
  claims: { aud: string; exp: number; sub: string };
  notice: Record<string, string>;
}

export interface PushReceiver {
  url: string;
  device(): Device;
  /** From now on it answers this to every push, and takes none. */
  answerWith(status: number | 'stall' | null): void;
  /** Requests of any outcome, for one device or for all. */
  requests(device?: Device): number;
  /** The n-th push to a device. */
  push(device: Device, count?: number, ms?: number): Promise<ReceivedPush>;
  stop(): Promise<void>;
}

interface Browser extends Device {
  ecdh: ECDH;
  auth: Buffer;
}

/** A push service and the browsers behind it, by RFC 8030, 8188, 8291 and 8292 and not by the library under test. */
export async function startPushReceiver(publicKey: () => string): Promise<PushReceiver> {
  const browsers = new Map<string, Browser>();
  let answer: number | 'stall' | null = null;
  const paths: string[] = [];
  const server = createServer((request, response) => {
    void receive(request).then((status) => {
      if (status !== 'stall') response.writeHead(status).end();
    });
  });

  async function receive(request: IncomingMessage): Promise<number | 'stall'> {
    const body = Buffer.concat(await request.toArray());
    const { url: path = '' } = request;
    paths.push(path);
    const browser = browsers.get(path);
    if (answer !== null) return answer;
    if (!browser) return 404;
    const claims = verifiedClaims(request.headers, publicKey(), url);
    if (!claims || request.headers['content-encoding'] !== 'aes128gcm') return 403;
    if (body.length > 4_096) return 413;
    const notice = JSON.parse(decrypt(browser, body).toString('utf8')) as Record<string, string>;
    browser.pushes.push({ headers: request.headers, claims, notice });
    return 201;
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const device = (): Device => {
    const ecdh = createECDH('prime256v1');
    const p256dh = ecdh.generateKeys('base64url');
    const auth = randomBytes(16);
    const path = `/push/${randomBytes(8).toString('hex')}`;
    const keys = { p256dh, auth: auth.toString('base64url') };
    const browser = { subscription: { endpoint: `${url}${path}`, keys }, pushes: [], ecdh, auth };
    browsers.set(path, browser);
    return browser;
  };
  const push = async ({ pushes }: Device, count = 1, ms = 15_000): Promise<ReceivedPush> => {
    for (const end = Date.now() + ms; Date.now() < end; await sleep(30)) {
      const found = pushes[count - 1];
      if (found) return found;
    }
    throw new Error(`push ${count} never came`);
  };
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const requests = (of?: Device) =>
    of ? paths.filter((path) => of.subscription.endpoint === url + path).length : paths.length;
  return { url, device, push, stop, answerWith: (next) => (answer = next), requests };
}

/** Null unless the token was signed with that key, for this origin, and is good now. */
function verifiedClaims(
  headers: IncomingHttpHeaders,
  publicKey: string,
  origin: string,
): ReceivedPush['claims'] | null {
  const [, token = '', key] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(headers.authorization ?? '') ?? [];
  const [head = '', payload = '', signature = ''] = token.split('.');
  const point = Buffer.from(publicKey, 'base64url');
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  const signed = verify(
    'sha256',
    Buffer.from(`${head}.${payload}`),
    { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  if (key !== publicKey || !signed) return null;
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as ReceivedPush['claims'];
  const now = Date.now() / 1000;
  return claims.aud === origin && claims.exp > now && claims.exp < now + 86_400 ? claims : null;
}

/** One record: salt (16), record size (4), length of the key (1), the sender's key, and the text with a final 2. */
function decrypt({ ecdh, auth }: Browser, body: Buffer): Buffer {
  const salt = body.subarray(0, 16);
  const keyEnd = 21 + body[20]!;
  const theirs = body.subarray(21, keyEnd);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), ecdh.getPublicKey(), theirs]);
  const secret = hkdf(ecdh.computeSecret(theirs), auth, info, 32);
  const key = hkdf(secret, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = hkdf(secret, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
  const decipher = createDecipheriv('aes-128-gcm', key, nonce);
  decipher.setAuthTag(body.subarray(-16));
  const padded = Buffer.concat([decipher.update(body.subarray(keyEnd, -16)), decipher.final()]);
  return padded.subarray(0, padded.lastIndexOf(2));
}

function hkdf(secret: Buffer, salt: Buffer, info: Buffer, length: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, info, length));
}

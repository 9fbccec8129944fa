import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { answerUnreadable } from './framework-error.js';

describe(answerUnreadable.name, () => {
  let server: Server;

  beforeAll(async () => {
    server = createServer((_, response) => response.end());
    server.on('clientError', answerUnreadable);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterAll(() => {
    server.close();
  });

  async function say(bytes: string): Promise<{ status: string | undefined; error: unknown }> {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.end(bytes);
    const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
    return { status: head.split(' ')[1], error: JSON.parse(body) };
  }

  it('refuses what is no request in the one shape of errors', async () => {
    expect(await say('garbage\r\n\r\n')).toEqual({
      status: '400',
      error: {
        code: 'common.validation_failed',
        message: expect.any(String),
        details: [{ path: '', message: expect.any(String) }],
        requestId: expect.stringMatching(/^[\w-]{36}$/),
      },
    });
  });

  it('says so when it is the headers that are too large', async () => {
    expect(await say(`GET / HTTP/1.1\r\nhost: x\r\nlong: ${'x'.repeat(20_000)}\r\n\r\n`)).toMatchObject({
      status: '431',
      error: { code: 'common.validation_failed' },
    });
  });
});

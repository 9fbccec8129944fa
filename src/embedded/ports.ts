import { connect, createServer } from 'node:net';

const HOST = '127.0.0.1';

/** The port of last time when it is still free, so that urls survive a restart; else one that the system picks. */
export async function freePort(preferred?: number): Promise<number> {
  return (preferred && (await tryListen(preferred))) || (await tryListen(0)) || 0;
}

function tryListen(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen(port, HOST, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : null));
    });
  });
}

export function answersOn(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, HOST);
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
}

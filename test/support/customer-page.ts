import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface CustomerPage {
  html: string;
  policy?: string;
  /** Has it shut itself off from other origins, as pages with shared memory have to? */
  isIsolated?: boolean;
}

/** Pages of another site, as the widget's customers have: `localhost` and `127.0.0.1` share nothing. */
export class CustomerPages {
  private readonly servers: Server[] = [];

  /** Answers its address. */
  async serve({ html, policy, isIsolated }: CustomerPage): Promise<string> {
    const server = createServer((_request, response) => {
      if (policy) response.setHeader('content-security-policy', policy);
      if (isIsolated) {
        response.setHeader('cross-origin-opener-policy', 'same-origin');
        response.setHeader('cross-origin-embedder-policy', 'require-corp');
      }
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(html);
    });
    this.servers.push(server);
    await new Promise<void>((done) => server.listen(0, done));
    return `http://localhost:${(server.address() as AddressInfo).port}/`;
  }

  stop(): void {
    for (const server of this.servers) {
      server.close();
      server.closeAllConnections();
    }
  }
}

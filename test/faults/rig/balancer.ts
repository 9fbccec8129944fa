import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** The one address that clients know: each new connection goes to the next node that takes it. */
export class Balancer {
  private turn = 0;
  private readonly clients = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly ports: readonly number[],
  ) {
    server.on('connection', (client) => {
      this.clients.add(client);
      client.on('error', () => undefined);
      client.once('close', () => this.clients.delete(client));
      this.forward(client, ports.length);
    });
  }

  static async over(ports: readonly number[]): Promise<Balancer> {
    const server = createServer({ pauseOnConnect: true });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Balancer(server, ports);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Everybody has to connect anew, and with that is spread over the nodes that are there. */
  shake(): void {
    for (const client of this.clients) client.destroy();
  }

  close(): void {
    this.server.close();
    this.shake();
  }

  private forward(client: Socket, triesLeft: number): void {
    const port = this.ports[this.turn++ % this.ports.length]!;
    const node = connect(port, '127.0.0.1');
    let isThrough = false;
    node.once('connect', () => {
      isThrough = true;
      client.pipe(node).pipe(client);
      client.once('close', () => node.destroy());
      node.once('close', () => client.destroy());
    });
    node.on('error', () => {
      if (isThrough || triesLeft <= 1) client.destroy();
      else this.forward(client, triesLeft - 1);
    });
  }
}

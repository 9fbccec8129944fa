import type { LookupAddress } from 'node:dns';
import { Agent as HttpAgent, type AgentOptions } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';

/** Shorter than most servers wait, so that it is mostly this end that hangs up. */
const IDLE_MS = 4_000;
/** Over all places: who is told much keeps its connections busy, and the rest is better opened anew. */
const MOST_IDLE = 256;

/**
 * Connections that outlive a request for a moment, to be used for the next one to the same place: the same host and
 * port at the very addresses that were checked for it. Another answer of the resolver is another place.
 */
export class KeptConnections {
  private readonly agents: Record<string, HttpAgent>;
  private isClosed = false;

  constructor(
    idleMs = IDLE_MS,
    private readonly mostIdle = MOST_IDLE,
  ) {
    const options: AgentOptions = { keepAlive: true, timeout: idleMs };
    this.agents = {
      'http:': this.guarded(new HttpAgent(options)),
      'https:': this.guarded(new HttpsAgent(options)),
    };
  }

  /** What a request needs to be sent over one of them. */
  optionsFor({ protocol }: URL, addresses: readonly LookupAddress[]): { agent: HttpAgent; place: string } {
    const place = addresses.map(({ address }) => address).sort();
    return { agent: this.agents[protocol]!, place: place.join() };
  }

  /** Whatever is under way comes to its end, and is not kept. */
  close(): void {
    this.isClosed = true;
    for (const socket of this.idle()) socket.destroy();
  }

  private guarded<A extends HttpAgent>(agent: A): A {
    const nameOf = agent.getName.bind(agent);
    const keep = agent.keepSocketAlive.bind(agent);
    agent.getName = (options) => {
      const { place } = options as { place: string };
      return `${nameOf(options)}:${place}`;
    };
    agent.keepSocketAlive = (socket) => this.mayKeepAnother && keep(socket);
    return agent;
  }

  private get mayKeepAnother(): boolean {
    return !this.isClosed && this.idle().length < this.mostIdle;
  }

  private idle(): Socket[] {
    return Object.values(this.agents).flatMap(({ freeSockets }) =>
      Object.values(freeSockets).flatMap((sockets) => sockets ?? []),
    );
  }
}

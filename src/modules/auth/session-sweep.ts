import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { AgentPrincipal, UserPrincipal } from '../../common/access/principal.js';
import { Realtime, type RealtimeSocket } from '../../infrastructure/realtime/realtime.js';
import { AgentService } from '../agent/agent.service.js';
import { EnvironmentService } from '../environment/environment.service.js';
import { UserService } from '../user/user.service.js';
import { isAtLeast, principalOf } from './auth-principal.resolver.js';
import { SessionService } from './session.service.js';

/** Below the five seconds within which a sign-out has to be felt everywhere, whatever became of its event. */
const INTERVAL_MS = 4_000;

interface Held<P> {
  socket: RealtimeSocket;
  principal: P;
}

/**
 * Asks for all sockets of this node at once whether their sessions live on and what their agents may do now, and
 * whether their users are still there and came by a key that is still good. A socket that nobody could be asked
 * about for long enough is good for nothing until somebody can.
 */
@Injectable()
export class SessionSweep implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(SessionSweep.name);
  private readonly running = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly sessions: SessionService,
    private readonly agents: AgentService,
    private readonly users: UserService,
    private readonly environments: EnvironmentService,
    private readonly realtime: Realtime,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.run(), INTERVAL_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  async run(): Promise<void> {
    const agents: Held<AgentPrincipal>[] = [];
    const users: Held<UserPrincipal>[] = [];
    for (const socket of this.realtime.localSockets) {
      const { principal } = socket.data;
      if (principal.type === 'agent') agents.push({ socket, principal });
      else users.push({ socket, principal });
    }
    await Promise.all([
      this.safely('agents', agents, () => this.checkAgents(agents)),
      this.safely('users', users, () => this.checkUsers(users)),
    ]);
  }

  /** Each kind by itself: they live in different stores. */
  private async safely(kind: string, held: unknown[], check: () => Promise<void>): Promise<void> {
    if (this.running.has(kind) || held.length === 0) return;
    this.running.add(kind);
    try {
      await check();
    } catch (error) {
      this.logger.warn({ err: error }, `the sockets of ${kind} could not be checked`);
    } finally {
      this.running.delete(kind);
    }
  }

  private async checkAgents(held: Held<AgentPrincipal>[]): Promise<void> {
    const askedAt = performance.now();
    const [liveIds, active] = await Promise.all([
      this.sessions.findLiveIds(distinct(held, ({ principal }) => principal.sessionId)),
      this.agents.findActiveMany(distinct(held, ({ principal }) => principal.id)),
    ]);
    const live = new Set(liveIds);
    const agents = new Map(active.map((agent) => [agent.id, agent]));
    for (const { socket, principal } of held) {
      const agent = agents.get(principal.id);
      if (agent && live.has(principal.sessionId)) {
        socket.data.principal = principalOf(agent, principal.sessionId);
        socket.data.provenAt = askedAt;
      } else end(socket);
    }
  }

  private async checkUsers(held: Held<UserPrincipal>[]): Promise<void> {
    const askedAt = performance.now();
    const [goodKeys, identities] = await Promise.all([
      this.environments.livePluginKeys(distinct(held, ({ socket }) => pluginKeyOf(socket))),
      this.users.identitiesOf(distinct(held, ({ principal }) => principal.id)),
    ]);
    const good = new Set(goodKeys);
    for (const { socket, principal } of held) {
      const identity = identities.get(principal.id);
      const isProven = identity !== undefined && isAtLeast(principal.identity, identity);
      if (isProven && good.has(pluginKeyOf(socket))) socket.data.provenAt = askedAt;
      else end(socket);
    }
  }
}

function distinct<P>(held: readonly Held<P>[], by: (held: Held<P>) => string): string[] {
  return [...new Set(held.map(by))];
}

function pluginKeyOf(socket: RealtimeSocket): string {
  return (socket.handshake.auth as { pluginKey: string }).pluginKey;
}

function end(socket: RealtimeSocket): void {
  socket.emit('session:ended', {});
  socket.disconnect(true);
}

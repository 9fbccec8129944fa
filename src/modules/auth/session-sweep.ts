import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { AgentPrincipal } from '../../common/access/principal.js';
import { Realtime, type RealtimeSocket } from '../../infrastructure/realtime/realtime.js';
import { AgentService } from '../agent/agent.service.js';
import { principalOf } from './auth-principal.resolver.js';
import { SessionService } from './session.service.js';

/** Below the five seconds within which a sign-out has to be felt everywhere, whatever became of its event. */
const INTERVAL_MS = 4_000;

interface AgentSocket {
  socket: RealtimeSocket;
  principal: AgentPrincipal;
}

/** Asks for all sockets of this node at once whether their sessions live on and what their agents may do now. */
@Injectable()
export class SessionSweep implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(SessionSweep.name);
  private timer: NodeJS.Timeout | undefined;
  private isRunning = false;

  constructor(
    private readonly sessions: SessionService,
    private readonly agents: AgentService,
    private readonly realtime: Realtime,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.run(), INTERVAL_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  async run(): Promise<void> {
    const sockets = this.agentSockets();
    if (this.isRunning || sockets.length === 0) return;
    this.isRunning = true;
    try {
      await this.check(sockets);
    } catch (error) {
      this.logger.warn({ err: error }, 'the sessions of open sockets could not be checked');
    } finally {
      this.isRunning = false;
    }
  }

  private async check(sockets: AgentSocket[]): Promise<void> {
    const sessionIds = [...new Set(sockets.map(({ principal }) => principal.sessionId))];
    const agentIds = [...new Set(sockets.map(({ principal }) => principal.id))];
    const [liveIds, active] = await Promise.all([
      this.sessions.findLiveIds(sessionIds),
      this.agents.findActiveMany(agentIds),
    ]);
    const live = new Set(liveIds);
    const agents = new Map(active.map((agent) => [agent.id, agent]));
    for (const { socket, principal } of sockets) {
      const agent = agents.get(principal.id);
      if (agent && live.has(principal.sessionId))
        socket.data.principal = principalOf(agent, principal.sessionId);
      else end(socket);
    }
  }

  private agentSockets(): AgentSocket[] {
    return this.realtime.localSockets.flatMap((socket) => {
      const { principal } = socket.data;
      return principal.type === 'agent' ? [{ socket, principal }] : [];
    });
  }
}

function end(socket: RealtimeSocket): void {
  socket.emit('session:ended', {});
  socket.disconnect(true);
}

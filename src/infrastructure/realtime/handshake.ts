import { Injectable } from '@nestjs/common';
import { PrincipalResolver, type CallOrigin } from '../../common/access/principal-resolver.js';
import { Clock } from '../../common/clock.js';
import { Unauthenticated } from '../../common/errors/common.errors.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { toRefusal } from '../../common/errors/wire-error.js';
import { newId } from '../../common/ids.js';
import { AppConfig } from '../../config/app-config.js';
import { RateLimits } from '../limits/rate-limits.js';
import { Realtime, type RealtimeSocket, type SocketPrincipal } from './realtime.js';
import { principalRoom } from './rooms.js';

type Next = (error?: Error) => void;

/** Settles who is behind a socket before anything else may happen on it. */
@Injectable()
export class Handshake {
  constructor(
    private readonly resolver: PrincipalResolver,
    private readonly limits: RateLimits,
    private readonly realtime: Realtime,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  readonly middleware = (socket: RealtimeSocket, next: Next): void => {
    this.identify(socket).then(
      () => next(),
      (error: unknown) => next(asConnectError(error)),
    );
  };

  private async identify(socket: RealtimeSocket): Promise<void> {
    const principal = await this.resolveWithinLimits(socket);
    socket.data.principal = principal;
    socket.data.provenAt = performance.now();
    socket.data.activeAt = this.clock.now().getTime();
    this.makeRoomFor(principal);
  }

  /**
   * Refusals are counted by address, connections by who connects. An office or a mobile network is one address
   * to us: all of it must be able to come back at once after a restart, and nobody in it may lock out the others.
   */
  private async resolveWithinLimits(socket: RealtimeSocket): Promise<SocketPrincipal> {
    const { refusedConnectsPerMinute, connectsPerMinute } = this.config.chat;
    try {
      const principal = await this.resolve(socket);
      await this.limits.consume('connect', `${principal.type}:${principal.id}`, connectsPerMinute);
      return principal;
    } catch (error) {
      if (isRefusal(error)) {
        await this.limits.consume('connect-refused', addressOf(socket), refusedConnectsPerMinute);
      }
      throw error;
    }
  }

  private resolve(socket: RealtimeSocket): Promise<SocketPrincipal> {
    const { token, pluginKey, userToken } = socket.handshake.auth as Record<string, unknown>;
    if (typeof token === 'string') return this.resolver.agentByAccessToken(token);
    if (typeof pluginKey === 'string' && typeof userToken === 'string') {
      return this.resolver.userByToken(pluginKey, userToken, originOf(socket));
    }
    throw new Unauthenticated();
  }

  /** The oldest socket gives way: the person is at the newest. */
  private makeRoomFor(principal: SocketPrincipal): void {
    const members = [...this.realtime.localMembers(principalRoom(principal))];
    const excess = members.length - this.config.chat.socketsPerPrincipal + 1;
    for (const id of members.slice(0, Math.max(0, excess))) this.realtime.localSocket(id)?.disconnect(true);
  }
}

function originOf(socket: RealtimeSocket): CallOrigin {
  const { origin } = socket.handshake.headers;
  const { parentOrigin } = socket.handshake.auth as { parentOrigin?: unknown };
  return { origin, parentOrigin: typeof parentOrigin === 'string' ? parentOrigin : undefined };
}

function isRefusal(error: unknown): boolean {
  return error instanceof DomainError && (error.kind === 'unauthenticated' || error.kind === 'forbidden');
}

function addressOf(socket: RealtimeSocket): string {
  return socket.handshake.address;
}

/** `connect_error` reaches the client with the error as its `data`. */
function asConnectError(thrown: unknown): Error {
  const { error } = toRefusal(thrown, newId());
  return Object.assign(new Error(error.message), { data: error });
}

import {
  ConnectedSocket,
  MessageBody,
  SubscribeMessage,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
} from '@nestjs/websockets';
import { Access, CurrentPrincipal } from '../../common/access/access.js';
import { OnDomainEvent } from '../../common/events/domain-events.js';
import type { Ack } from '../../contracts/common.js';
import type { PresenceState } from '../../contracts/socket.js';
import { Sheds } from '../../infrastructure/limits/load.guard.js';
import { PresenceTracker } from '../../infrastructure/realtime/presence-tracker.js';
import { ok, RealtimeGateway } from '../../infrastructure/realtime/realtime-gateway.js';
import {
  Realtime,
  type RealtimeSocket,
  type SocketPrincipal,
} from '../../infrastructure/realtime/realtime.js';
import { identityRoom, organizationAgentsRoom, principalRoom } from '../../infrastructure/realtime/rooms.js';
import { WatchPresenceDto } from './dto/watch-presence.dto.js';
import { PresenceAccess } from './presence-access.js';
import type { UserErased, UserPromoted, UserUpdated } from './user.events.js';
import { UserService } from './user.service.js';

@RealtimeGateway()
export class UserGateway implements OnGatewayConnection, OnGatewayDisconnect {
  constructor(
    private readonly users: UserService,
    private readonly access: PresenceAccess,
    private readonly presence: PresenceTracker,
    private readonly realtime: Realtime,
  ) {}

  async handleConnection(socket: RealtimeSocket): Promise<void> {
    const { principal } = socket.data;
    if (principal.type === 'user') await socket.join(identityRoom(principal.id, principal.identity));
    await Promise.all([this.presence.enter(socket), this.touchSeen(socket.data.principal)]);
  }

  async handleDisconnect(socket: RealtimeSocket): Promise<void> {
    await Promise.all([this.presence.leave(socket), this.touchSeen(socket.data.principal)]);
  }

  /** Those whom the caller may not see are left out of the answer, like those who do not exist. */
  @SubscribeMessage('presence:watch')
  @Access('presence.watch')
  @Sheds('signal')
  async watch(
    @CurrentPrincipal() principal: SocketPrincipal,
    @ConnectedSocket() socket: RealtimeSocket,
    @MessageBody() { principals }: WatchPresenceDto,
  ): Promise<Ack<{ states: PresenceState[] }>> {
    const visible = await this.access.visibleOf(principal, principals);
    return ok({ states: await this.presence.watch(socket, visible) });
  }

  @OnDomainEvent('user.updated')
  tellAgentsAndOwnDevices({ scope, user }: UserUpdated): void {
    const rooms = [
      organizationAgentsRoom(scope.organizationId),
      principalRoom({ type: 'user', id: user.id }),
    ];
    this.realtime.emit(rooms, 'user:updated', { user });
  }

  /** Only those sockets: the one that brought the proof may be connecting already. */
  @OnDomainEvent('user.promoted')
  endWhatWasOpenedWithoutProof({ userId }: UserPromoted): void {
    this.realtime.end(identityRoom(userId, 'anonymous'), 'session:ended');
  }

  @OnDomainEvent('user.erased')
  endTheSockets({ userId }: UserErased): void {
    this.realtime.end(principalRoom({ type: 'user', id: userId }), 'session:ended');
  }

  /** A store that is away must not cost the connection. */
  private async touchSeen(principal: SocketPrincipal): Promise<void> {
    if (principal.type === 'user') await this.users.touchSeen(principal, principal.id).catch(() => undefined);
  }
}

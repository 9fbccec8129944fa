import { Logger } from '@nestjs/common';
import { ConnectedSocket, MessageBody, SubscribeMessage, type OnGatewayDisconnect } from '@nestjs/websockets';
import { Access, CurrentPrincipal } from '../../../common/access/access.js';
import type { AgentPrincipal } from '../../../common/access/principal.js';
import type { Ack } from '../../../contracts/common.js';
import { LoadShedder } from '../../../infrastructure/limits/load-shedder.js';
import { ok, RealtimeGateway } from '../../../infrastructure/realtime/realtime-gateway.js';
import type { RealtimeSocket } from '../../../infrastructure/realtime/realtime.js';
import { ViewingDto } from '../dto/socket.dto.js';
import { ViewingService } from './viewing.service.js';

@RealtimeGateway()
export class ViewingGateway implements OnGatewayDisconnect {
  private readonly logger = new Logger(ViewingGateway.name);

  constructor(
    private readonly viewing: ViewingService,
    private readonly load: LoadShedder,
  ) {}

  @SubscribeMessage('viewing:set')
  @Access('viewing.set')
  async set(
    @CurrentPrincipal() principal: AgentPrincipal,
    @ConnectedSocket() socket: RealtimeSocket,
    @MessageBody() { conversationId, viewing }: ViewingDto,
  ): Promise<Ack<Record<string, never>>> {
    if (this.load.isTooMuch('signal')) return ok({});
    if (viewing) await this.viewing.begin(principal, socket.id, conversationId);
    else await this.viewing.end(socket.id, conversationId);
    // It may have gone while it was let in, and nobody would end that any more.
    if (!socket.connected) await this.viewing.endAll(socket.id);
    return ok({});
  }

  async handleDisconnect(socket: RealtimeSocket): Promise<void> {
    try {
      await this.viewing.endAll(socket.id);
    } catch (error) {
      this.logger.warn({ err: (error as Error).message }, 'that somebody looks ends by itself');
    }
  }
}

import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Access, CurrentPrincipal } from '../../common/access/access.js';
import type { AgentPrincipal } from '../../common/access/principal.js';
import { ApiErrors } from '../../common/http/api-errors.js';
import { IdParam } from '../../common/http/id-param.pipe.js';
import type { Page } from '../../contracts/common.js';
import type { PushKeyView, PushSubscriptionView } from '../../contracts/tenants.js';
import {
  PushKeyDto,
  PushSubscriptionDto,
  PushSubscriptionPageDto,
  SubscribePushDto,
  toPushSubscriptionView,
} from './dto/push.dto.js';
import { PushService } from './push.service.js';

@ApiTags('Notifications')
@Controller('v1')
export class PushController {
  constructor(private readonly push: PushService) {}

  @Get('push/key')
  @Access('push.subscribe')
  @ApiOperation({ summary: 'Read the key that browsers subscribe to pushes with' })
  @ApiOkResponse({ type: PushKeyDto })
  async key(): Promise<PushKeyView> {
    return { publicKey: await this.push.publicKey() };
  }

  @Get('agents/me/push-subscriptions')
  @Access('push.subscribe')
  @ApiOperation({ summary: 'List your devices that get pushes' })
  @ApiOkResponse({ type: PushSubscriptionPageDto })
  async list(@CurrentPrincipal() principal: AgentPrincipal): Promise<Page<PushSubscriptionView>> {
    const devices = await this.push.list(principal);
    return { items: devices.map(toPushSubscriptionView), nextCursor: null };
  }

  @Post('agents/me/push-subscriptions')
  @Access('push.subscribe')
  @ApiOperation({
    summary: 'Get pushes on this device',
    description:
      'Until you sign out on it. The same browser again is the same device; of more than 20 the oldest goes.',
  })
  @ApiCreatedResponse({ type: PushSubscriptionDto })
  @ApiErrors('common.validation_failed')
  async subscribe(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Body() body: SubscribePushDto,
    @Headers('user-agent') userAgent?: string,
  ): Promise<PushSubscriptionView> {
    return toPushSubscriptionView(await this.push.subscribe(principal, body, userAgent ?? null));
  }

  @Delete('agents/me/push-subscriptions/:id')
  @HttpCode(204)
  @Access('push.subscribe')
  @ApiOperation({ summary: 'Get no pushes on a device any more' })
  @ApiNoContentResponse()
  @ApiErrors('push.not_found')
  unsubscribe(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Param('id', new IdParam('push')) id: string,
  ): Promise<void> {
    return this.push.unsubscribe(principal, id);
  }
}

import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access, CurrentPrincipal } from '../../common/access/access.js';
import type { AgentPrincipal } from '../../common/access/principal.js';
import { ApiErrors } from '../../common/http/api-errors.js';
import { IdParam } from '../../common/http/id-param.pipe.js';
import type { Page } from '../../contracts/common.js';
import type { WebhookDeliveryDetailView, WebhookDeliveryView } from '../../contracts/webhooks.js';
import { DeliveryService } from './delivery.service.js';
import {
  ListDeliveriesDto,
  toDeliveryDetailView,
  toDeliveryView,
  WebhookDeliveryDetailDto,
  WebhookDeliveryDto,
  WebhookDeliveryPageDto,
} from './dto/delivery.dto.js';

const isEnvironmentId = new IdParam('environment');
const isId = new IdParam('webhook');
const MISSING = ['environment.not_found', 'webhook.not_found'];

@ApiTags('Webhooks')
@Controller('v1/environments/:id/webhooks/:webhookId')
export class DeliveryController {
  constructor(private readonly deliveries: DeliveryService) {}

  @Post('test')
  @HttpCode(202)
  @Access('webhook.manage')
  @ApiOperation({
    summary: 'Tell it something, to see whether it arrives',
    description: 'An event of type `webhook.test`; what came of it is in the delivery a moment later.',
  })
  @ApiAcceptedResponse({ type: WebhookDeliveryDto })
  @ApiErrors(...MISSING, 'webhook.disabled')
  async test(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Param('id', isEnvironmentId) environmentId: string,
    @Param('webhookId', isId) webhookId: string,
  ): Promise<WebhookDeliveryView> {
    return toDeliveryView(await this.deliveries.test(principal, environmentId, webhookId));
  }

  @Get('deliveries')
  @Access('webhook.manage')
  @ApiOperation({ summary: 'List what it was told in the last 30 days, and what came of it' })
  @ApiOkResponse({ type: WebhookDeliveryPageDto })
  @ApiErrors('common.validation_failed', ...MISSING)
  async list(
    @CurrentPrincipal() { organizationId }: AgentPrincipal,
    @Param('id', isEnvironmentId) environmentId: string,
    @Param('webhookId', isId) webhookId: string,
    @Query() query: ListDeliveriesDto,
  ): Promise<Page<WebhookDeliveryView>> {
    const page = await this.deliveries.page({ organizationId, environmentId }, webhookId, query);
    return { ...page, items: page.items.map(toDeliveryView) };
  }

  @Get('deliveries/:deliveryId')
  @Access('webhook.manage')
  @ApiOperation({ summary: 'Read one delivery, with what is sent' })
  @ApiOkResponse({ type: WebhookDeliveryDetailDto })
  @ApiErrors(...MISSING)
  async read(
    @CurrentPrincipal() { organizationId }: AgentPrincipal,
    @Param('id', isEnvironmentId) environmentId: string,
    @Param('webhookId', isId) webhookId: string,
    @Param('deliveryId', isId) id: string,
  ): Promise<WebhookDeliveryDetailView> {
    return toDeliveryDetailView(await this.deliveries.get({ organizationId, environmentId }, webhookId, id));
  }

  @Post('deliveries/:deliveryId/replay')
  @HttpCode(202)
  @Access('webhook.manage')
  @ApiOperation({
    summary: 'Tell it again',
    description: 'Under the same `webhook-id`, and with all tries before it.',
  })
  @ApiAcceptedResponse({ type: WebhookDeliveryDto })
  @ApiErrors(...MISSING, 'webhook.disabled')
  async replay(
    @CurrentPrincipal() { organizationId }: AgentPrincipal,
    @Param('id', isEnvironmentId) environmentId: string,
    @Param('webhookId', isId) webhookId: string,
    @Param('deliveryId', isId) id: string,
  ): Promise<WebhookDeliveryView> {
    return toDeliveryView(await this.deliveries.replay({ organizationId, environmentId }, webhookId, id));
  }
}

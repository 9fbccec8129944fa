import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Access, CurrentPrincipal } from '../../common/access/access.js';
import type { AgentPrincipal } from '../../common/access/principal.js';
import { ApiErrors } from '../../common/http/api-errors.js';
import { afterIdOf } from '../../common/http/id-cursor.js';
import { IdParam } from '../../common/http/id-param.pipe.js';
import { PageQueryDto, toPage } from '../../common/http/page.js';
import type { Page } from '../../contracts/common.js';
import type { CreatedWebhookView, WebhookView } from '../../contracts/webhooks.js';
import { CreateWebhookDto, UpdateWebhookDto } from './dto/webhook-request.dto.js';
import {
  CreatedWebhookDto,
  toWebhookView,
  WebhookDto,
  WebhookPageDto,
  WebhookSecretDto,
} from './dto/webhook-response.dto.js';
import {
  WebhookAgentDto,
  WebhookConversationDto,
  WebhookPerformerDto,
  WebhookUserDto,
} from './dto/webhook-event.dto.js';
import { WebhookService } from './webhook.service.js';

const isEnvironmentId = new IdParam('environment');
const isWebhookId = new IdParam('webhook');

@ApiTags('Webhooks')
@ApiExtraModels(WebhookPerformerDto, WebhookConversationDto, WebhookUserDto, WebhookAgentDto)
@Controller('v1/environments/:id/webhooks')
export class WebhookController {
  constructor(private readonly webhooks: WebhookService) {}

  @Get()
  @Access('webhook.manage')
  @ApiOperation({ summary: 'List the webhooks of an environment, without their secrets' })
  @ApiOkResponse({ type: WebhookPageDto })
  @ApiErrors('common.validation_failed', 'environment.not_found')
  async list(
    @CurrentPrincipal() { organizationId }: AgentPrincipal,
    @Param('id', isEnvironmentId) environmentId: string,
    @Query() query: PageQueryDto,
  ): Promise<Page<WebhookView>> {
    const scope = { organizationId, environmentId };
    const found = await this.webhooks.page(scope, afterIdOf(query), query.limit + 1);
    return toPage(found.map(toWebhookView), query.limit, ({ id }) => [id]);
  }

  @Post()
  @Access('webhook.manage')
  @ApiOperation({
    summary: 'Make a webhook',
    description: 'The secret is in this answer and nowhere else. It is told what happens within two seconds.',
  })
  @ApiCreatedResponse({ type: CreatedWebhookDto })
  @ApiErrors('common.validation_failed', 'webhook.url_refused', 'webhook.too_many', 'environment.not_found')
  async create(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Param('id', isEnvironmentId) environmentId: string,
    @Body() body: CreateWebhookDto,
  ): Promise<CreatedWebhookView> {
    const { webhook, secret } = await this.webhooks.create(principal, environmentId, body);
    return { ...toWebhookView(webhook), secret };
  }

  @Get(':webhookId')
  @Access('webhook.manage')
  @ApiOperation({ summary: 'Read one webhook' })
  @ApiOkResponse({ type: WebhookDto })
  @ApiErrors('environment.not_found', 'webhook.not_found')
  async read(
    @CurrentPrincipal() { organizationId }: AgentPrincipal,
    @Param('id', isEnvironmentId) environmentId: string,
    @Param('webhookId', isWebhookId) id: string,
  ): Promise<WebhookView> {
    return toWebhookView(await this.webhooks.get({ organizationId, environmentId }, id));
  }

  @Patch(':webhookId')
  @Access('webhook.manage')
  @ApiOperation({
    summary: 'Change, enable or disable a webhook',
    description: 'Disabling ends what still waits to be delivered; each of it can be replayed later.',
  })
  @ApiOkResponse({ type: WebhookDto })
  @ApiErrors('common.validation_failed', 'webhook.url_refused', 'environment.not_found', 'webhook.not_found')
  async update(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Param('id', isEnvironmentId) environmentId: string,
    @Param('webhookId', isWebhookId) id: string,
    @Body() body: UpdateWebhookDto,
  ): Promise<WebhookView> {
    return toWebhookView(await this.webhooks.update(principal, environmentId, id, body));
  }

  @Delete(':webhookId')
  @HttpCode(204)
  @Access('webhook.manage')
  @ApiOperation({ summary: 'Remove a webhook', description: 'What still waits to be delivered is not.' })
  @ApiNoContentResponse()
  @ApiErrors('environment.not_found', 'webhook.not_found')
  remove(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Param('id', isEnvironmentId) environmentId: string,
    @Param('webhookId', isWebhookId) id: string,
  ): Promise<void> {
    return this.webhooks.remove(principal, environmentId, id);
  }

  @Post(':webhookId/secret')
  @HttpCode(200)
  @Access('webhook.manage')
  @ApiOperation({
    summary: 'Make a new secret',
    description:
      'For 24 hours deliveries are signed with the old one as well: two signatures, and more when it is made again before that.',
  })
  @ApiOkResponse({ type: WebhookSecretDto })
  @ApiErrors('environment.not_found', 'webhook.not_found')
  async rotateSecret(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Param('id', isEnvironmentId) environmentId: string,
    @Param('webhookId', isWebhookId) id: string,
  ): Promise<WebhookSecretDto> {
    return { secret: await this.webhooks.rotateSecret(principal, environmentId, id) };
  }
}

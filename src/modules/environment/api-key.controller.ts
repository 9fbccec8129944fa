import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Access, CurrentPrincipal } from '../../common/access/access.js';
import type { AgentPrincipal, EnvironmentScope } from '../../common/access/principal.js';
import { ApiErrors } from '../../common/http/api-errors.js';
import { afterIdOf } from '../../common/http/id-cursor.js';
import { IdParam } from '../../common/http/id-param.pipe.js';
import { PageQueryDto, toPage } from '../../common/http/page.js';
import type { Page } from '../../contracts/common.js';
import type { ApiKeyView, CreatedApiKeyView } from '../../contracts/tenants.js';
import { ApiKeyService } from './api-key.service.js';
import { ApiKeyPageDto, CreateApiKeyDto, CreatedApiKeyDto, toApiKeyView } from './dto/api-key.dto.js';
import { EnvironmentService } from './environment.service.js';

const isEnvironmentId = new IdParam('environment');

@ApiTags('Environments')
@Controller('v1/environments/:id/api-keys')
export class ApiKeyController {
  constructor(
    private readonly environments: EnvironmentService,
    private readonly apiKeys: ApiKeyService,
  ) {}

  @Get()
  @Access('api-key.manage')
  @ApiOperation({ summary: 'List the API keys of an environment, without their secrets' })
  @ApiOkResponse({ type: ApiKeyPageDto })
  @ApiErrors('common.validation_failed', 'environment.not_found')
  async list(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Param('id', isEnvironmentId) environmentId: string,
    @Query() query: PageQueryDto,
  ): Promise<Page<ApiKeyView>> {
    const scope = await this.existing(principal, environmentId);
    const found = await this.apiKeys.page(scope, afterIdOf(query), query.limit + 1);
    return toPage(found.map(toApiKeyView), query.limit, ({ id }) => [id]);
  }

  @Post()
  @Access('api-key.manage')
  @ApiOperation({ summary: 'Make an API key', description: 'The secret is in this answer and nowhere else.' })
  @ApiCreatedResponse({ type: CreatedApiKeyDto })
  @ApiErrors('common.validation_failed', 'environment.not_found')
  async create(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Param('id', isEnvironmentId) environmentId: string,
    @Body() body: CreateApiKeyDto,
  ): Promise<CreatedApiKeyView> {
    await this.existing(principal, environmentId);
    const { apiKey, apiSecret } = await this.apiKeys.create(principal, environmentId, body);
    return { ...toApiKeyView(apiKey), apiSecret };
  }

  @Delete(':keyId')
  @HttpCode(204)
  @Access('api-key.manage')
  @ApiOperation({
    summary: 'Revoke an API key',
    description: 'It stops working within five seconds everywhere.',
  })
  @ApiNoContentResponse()
  @ApiErrors('environment.not_found')
  async revoke(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Param('id', isEnvironmentId) environmentId: string,
    @Param('keyId', isEnvironmentId) keyId: string,
  ): Promise<void> {
    await this.existing(principal, environmentId);
    await this.apiKeys.revoke(principal, environmentId, keyId);
  }

  private async existing(
    { organizationId }: AgentPrincipal,
    environmentId: string,
  ): Promise<EnvironmentScope> {
    await this.environments.get({ organizationId, environmentId });
    return { organizationId, environmentId };
  }
}

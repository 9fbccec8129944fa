import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
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
import { afterIdOf } from '../../common/http/id-cursor.js';
import { IdParam } from '../../common/http/id-param.pipe.js';
import { PageQueryDto, toPage } from '../../common/http/page.js';
import type { Page } from '../../contracts/common.js';
import type { EnvironmentView } from '../../contracts/tenants.js';
import { CreateEnvironmentDto, UpdateEnvironmentDto } from './dto/environment-request.dto.js';
import {
  EnvironmentDto,
  EnvironmentPageDto,
  IdentitySecretDto,
  toEnvironmentView,
} from './dto/environment-response.dto.js';
import { EnvironmentService } from './environment.service.js';

const isEnvironmentId = new IdParam('environment');

@ApiTags('Environments')
@Controller('v1/environments')
export class EnvironmentController {
  constructor(private readonly environments: EnvironmentService) {}

  @Get()
  @Access('environment.read')
  @ApiOperation({ summary: 'List the environments of the organization' })
  @ApiOkResponse({ type: EnvironmentPageDto })
  @ApiErrors('common.validation_failed')
  async list(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Query() query: PageQueryDto,
  ): Promise<Page<EnvironmentView>> {
    const found = await this.environments.page(principal.organizationId, afterIdOf(query), query.limit + 1);
    return toPage(found.map(toEnvironmentView), query.limit, ({ id }) => [id]);
  }

  @Post()
  @Access('environment.manage')
  @ApiOperation({ summary: 'Make an environment, with a plugin key of its own' })
  @ApiCreatedResponse({ type: EnvironmentDto })
  @ApiErrors('common.validation_failed')
  async create(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Body() { name, ...settings }: CreateEnvironmentDto,
  ): Promise<EnvironmentView> {
    return toEnvironmentView(await this.environments.create(principal, name, settings));
  }

  @Get(':id')
  @Access('environment.read')
  @ApiOperation({ summary: 'Read one environment' })
  @ApiOkResponse({ type: EnvironmentDto })
  @ApiErrors('environment.not_found')
  async read(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Param('id', isEnvironmentId) id: string,
  ): Promise<EnvironmentView> {
    const { organizationId } = principal;
    return toEnvironmentView(await this.environments.get({ organizationId, environmentId: id }));
  }

  @Patch(':id')
  @Access('environment.manage')
  @ApiOperation({
    summary: 'Change an environment',
    description: 'Tells agents and visitors `environment:updated`.',
  })
  @ApiOkResponse({ type: EnvironmentDto })
  @ApiErrors('common.validation_failed', 'environment.not_found')
  async update(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Param('id', isEnvironmentId) id: string,
    @Body() body: UpdateEnvironmentDto,
  ): Promise<EnvironmentView> {
    return toEnvironmentView(await this.environments.update(principal, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @Access('environment.manage')
  @ApiOperation({
    summary: 'Remove an environment',
    description: 'Its keys stop working. The last one stays.',
  })
  @ApiNoContentResponse()
  @ApiErrors('environment.not_found', 'common.conflict')
  remove(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Param('id', isEnvironmentId) id: string,
  ): Promise<void> {
    return this.environments.remove(principal, id);
  }

  @Post(':id/plugin-key')
  @HttpCode(200)
  @Access('environment.manage')
  @ApiOperation({
    summary: 'Replace the plugin key',
    description: 'The old one stops working within five seconds.',
  })
  @ApiOkResponse({ type: EnvironmentDto })
  @ApiErrors('environment.not_found')
  async rotatePluginKey(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Param('id', isEnvironmentId) id: string,
  ): Promise<EnvironmentView> {
    return toEnvironmentView(await this.environments.rotatePluginKey(principal, id));
  }

  @Post(':id/identity-secret')
  @HttpCode(200)
  @Access('environment.manage')
  @ApiOperation({
    summary: 'Make a new identity secret',
    description: 'Proofs made with the old one are refused.',
  })
  @ApiOkResponse({ type: IdentitySecretDto })
  @ApiErrors('environment.not_found')
  async rotateIdentitySecret(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Param('id', isEnvironmentId) id: string,
  ): Promise<IdentitySecretDto> {
    return { identitySecret: await this.environments.rotateIdentitySecret(principal, id) };
  }
}

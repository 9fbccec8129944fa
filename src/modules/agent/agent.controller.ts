import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access, CurrentPrincipal } from '../../common/access/access.js';
import type { AgentPrincipal } from '../../common/access/principal.js';
import { ApiErrors } from '../../common/http/api-errors.js';
import { afterIdOf } from '../../common/http/id-cursor.js';
import { IdParam } from '../../common/http/id-param.pipe.js';
import { PageQueryDto, toPage } from '../../common/http/page.js';
import type { Page } from '../../contracts/common.js';
import type { AgentView, OwnAgentView } from '../../contracts/tenants.js';
import { AgentService } from './agent.service.js';
import { toOwnProfile, UpdateAgentDto, UpdateOwnProfileDto } from './dto/agent-request.dto.js';
import { AgentDto, AgentPageDto, OwnAgentDto } from './dto/agent-response.dto.js';

const isAgentId = new IdParam('agent');

@ApiTags('Agents')
@Controller('v1/agents')
export class AgentController {
  constructor(private readonly agents: AgentService) {}

  @Get()
  @Access('agent.read')
  @ApiOperation({ summary: 'List the agents of the organization, with their presence' })
  @ApiOkResponse({ type: AgentPageDto })
  @ApiErrors('common.validation_failed')
  async list(
    @CurrentPrincipal() { organizationId }: AgentPrincipal,
    @Query() query: PageQueryDto,
  ): Promise<Page<AgentView>> {
    const found = await this.agents.page(organizationId, afterIdOf(query), query.limit + 1);
    return toPage(await this.agents.viewsOf(found), query.limit, ({ id }) => [id]);
  }

  @Get('me')
  @Access('agent.update-self')
  @ApiOperation({ summary: 'Read yourself, with what only you see' })
  @ApiOkResponse({ type: OwnAgentDto })
  async readSelf(@CurrentPrincipal() { organizationId, id }: AgentPrincipal): Promise<OwnAgentView> {
    return this.agents.ownView(await this.agents.get(organizationId, id));
  }

  @Patch('me')
  @Access('agent.update-self')
  @ApiOperation({
    summary: 'Change your own name, picture, availability, status or preferences',
    description:
      'Tells agents `agent:updated`, and once more when the status ends. A new status without `statusExpiresAt` lasts until it is changed.',
  })
  @ApiOkResponse({ type: OwnAgentDto })
  @ApiErrors('common.validation_failed')
  updateSelf(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Body() body: UpdateOwnProfileDto,
  ): Promise<OwnAgentView> {
    return this.agents.updateSelf(principal, toOwnProfile(body));
  }

  @Get(':id')
  @Access('agent.read')
  @ApiOperation({ summary: 'Read one agent' })
  @ApiOkResponse({ type: AgentDto })
  @ApiErrors('agent.not_found')
  async read(
    @CurrentPrincipal() { organizationId }: AgentPrincipal,
    @Param('id', isAgentId) id: string,
  ): Promise<AgentView> {
    return this.agents.view(await this.agents.get(organizationId, id));
  }

  @Patch(':id')
  @Access('agent.manage')
  @ApiOperation({
    summary: 'Change another agent',
    description: 'Only owners make owners; the last owner stays one.',
  })
  @ApiOkResponse({ type: AgentDto })
  @ApiErrors('common.validation_failed', 'agent.not_found', 'common.conflict')
  update(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Param('id', isAgentId) id: string,
    @Body() body: UpdateAgentDto,
  ): Promise<AgentView> {
    return this.agents.manage(principal, id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @Access('agent.manage')
  @ApiOperation({
    summary: 'Disable an agent',
    description: 'Sessions and sockets end; what the agent wrote stays.',
  })
  @ApiNoContentResponse()
  @ApiErrors('agent.not_found', 'common.conflict')
  disable(@CurrentPrincipal() principal: AgentPrincipal, @Param('id', isAgentId) id: string): Promise<void> {
    return this.agents.disable(principal, id);
  }
}

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
import type { TeamView } from '../../contracts/tenants.js';
import { CreateTeamDto, TeamDto, TeamPageDto, toTeamView, UpdateTeamDto } from './dto/team.dto.js';
import { TeamService } from './team.service.js';

const isTeamId = new IdParam('team');

@ApiTags('Teams')
@Controller('v1/teams')
export class TeamController {
  constructor(private readonly teams: TeamService) {}

  @Get()
  @Access('team.read')
  @ApiOperation({ summary: 'List the teams of the organization' })
  @ApiOkResponse({ type: TeamPageDto })
  @ApiErrors('common.validation_failed')
  async list(
    @CurrentPrincipal() { organizationId }: AgentPrincipal,
    @Query() query: PageQueryDto,
  ): Promise<Page<TeamView>> {
    const found = await this.teams.page(organizationId, afterIdOf(query), query.limit + 1);
    return toPage(found.map(toTeamView), query.limit, ({ id }) => [id]);
  }

  @Post()
  @Access('team.manage')
  @ApiOperation({ summary: 'Make a team', description: 'Conversations are given to it as to an agent.' })
  @ApiCreatedResponse({ type: TeamDto })
  @ApiErrors('common.validation_failed', 'agent.not_found', 'team.name_taken', 'team.too_many')
  async create(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Body() body: CreateTeamDto,
  ): Promise<TeamView> {
    return toTeamView(await this.teams.create(principal, body));
  }

  @Get(':id')
  @Access('team.read')
  @ApiOperation({ summary: 'Read one team' })
  @ApiOkResponse({ type: TeamDto })
  @ApiErrors('team.not_found')
  async read(
    @CurrentPrincipal() { organizationId }: AgentPrincipal,
    @Param('id', isTeamId) id: string,
  ): Promise<TeamView> {
    return toTeamView(await this.teams.get(organizationId, id));
  }

  @Patch(':id')
  @Access('team.manage')
  @ApiOperation({ summary: 'Change a team', description: '`agentIds` takes the place of all of them.' })
  @ApiOkResponse({ type: TeamDto })
  @ApiErrors('common.validation_failed', 'team.not_found', 'agent.not_found', 'team.name_taken')
  async update(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Param('id', isTeamId) id: string,
    @Body() body: UpdateTeamDto,
  ): Promise<TeamView> {
    return toTeamView(await this.teams.update(principal, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @Access('team.manage')
  @ApiOperation({ summary: 'Remove a team', description: 'Its conversations stay, with no team.' })
  @ApiNoContentResponse()
  @ApiErrors('team.not_found')
  remove(@CurrentPrincipal() principal: AgentPrincipal, @Param('id', isTeamId) id: string): Promise<void> {
    return this.teams.remove(principal, id);
  }
}

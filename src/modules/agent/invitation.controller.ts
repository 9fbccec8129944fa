import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
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
import type { InvitationView } from '../../contracts/tenants.js';
import { RateLimit } from '../../infrastructure/limits/rate-limit.guard.js';
import { InviteDto } from './dto/agent-request.dto.js';
import { InvitationDto, OpenInvitationPageDto, toOpenInvitationView } from './dto/invitation-response.dto.js';
import { InvitationService } from './invitation.service.js';

/** Registered before the agents' own routes, or `invitations` would be taken for an agent's id. */
@ApiTags('Agents')
@Controller('v1/agents/invitations')
export class InvitationController {
  constructor(private readonly invitations: InvitationService) {}

  @Get()
  @Access('agent.invite')
  @ApiOperation({ summary: 'List the invitations that are still open' })
  @ApiOkResponse({ type: OpenInvitationPageDto })
  @ApiErrors('common.validation_failed')
  async list(
    @CurrentPrincipal() { organizationId }: AgentPrincipal,
    @Query() query: PageQueryDto,
  ): Promise<Page<Omit<InvitationView, 'token'>>> {
    const found = await this.invitations.pageOpen(organizationId, afterIdOf(query), query.limit + 1);
    return toPage(found.map(toOpenInvitationView), query.limit, ({ id }) => [id]);
  }

  @Post()
  @Access('agent.invite')
  @RateLimit('invite', 60)
  @ApiOperation({
    summary: 'Invite somebody by e-mail',
    description: 'The invitation is good once, for seven days.',
  })
  @ApiCreatedResponse({ type: InvitationDto })
  @ApiErrors('common.validation_failed', 'common.conflict')
  invite(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Body() { email, role }: InviteDto,
  ): Promise<InvitationView> {
    return this.invitations.invite(principal, email, role);
  }

  @Delete(':id')
  @HttpCode(204)
  @Access('agent.invite')
  @ApiOperation({ summary: 'Take an invitation back' })
  @ApiNoContentResponse()
  @ApiErrors('invitation.not_found')
  revoke(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Param('id', new IdParam('invitation')) id: string,
  ): Promise<void> {
    return this.invitations.revoke(principal, id);
  }
}

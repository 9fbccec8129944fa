import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access, CurrentPrincipal } from '../../common/access/access.js';
import type { AgentPrincipal } from '../../common/access/principal.js';
import { ApiErrors } from '../../common/http/api-errors.js';
import type { Page } from '../../contracts/common.js';
import type { MembershipView, OrganizationView, SessionView } from '../../contracts/tenants.js';
import { RateLimit } from '../../infrastructure/limits/rate-limit.guard.js';
import { AuthService } from './auth.service.js';
import { CreateOrganizationDto, SwitchDto } from './dto/auth-request.dto.js';
import { MembershipPageDto, SessionDto } from './dto/auth-response.dto.js';
import { schemaRef } from './dto/schema-ref.js';

/** An account's organizations: which one is not the question here, so it is nobody's route but auth's. */
@ApiTags('Organization')
@Controller('v1')
export class MembershipController {
  constructor(private readonly auth: AuthService) {}

  @Get('organizations')
  @Access('organization.read')
  @ApiOperation({ summary: 'List the organizations that you belong to' })
  @ApiOkResponse({ type: MembershipPageDto })
  async list(@CurrentPrincipal() principal: AgentPrincipal): Promise<Page<MembershipView>> {
    return { items: await this.auth.listOrganizations(principal), nextCursor: null };
  }

  @Post('organizations')
  @Access('organization.read')
  @RateLimit('create-organization', 10)
  @ApiOperation({
    summary: 'Make another organization',
    description: 'You become its owner; switch to work in it.',
  })
  @ApiCreatedResponse({ schema: schemaRef('OrganizationDto') as object })
  @ApiErrors('common.validation_failed')
  create(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Body() { name }: CreateOrganizationDto,
  ): Promise<OrganizationView> {
    return this.auth.createOrganization(principal, name);
  }

  @Post('auth/switch')
  @HttpCode(200)
  @Access('organization.read')
  @ApiOperation({
    summary: 'Sign in to another of your organizations',
    description: 'Answers a session of its own.',
  })
  @ApiOkResponse({ type: SessionDto })
  @ApiErrors('common.validation_failed', 'organization.not_found')
  switchTo(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Body() { organizationId }: SwitchDto,
  ): Promise<SessionView> {
    return this.auth.switchTo(principal, organizationId);
  }
}

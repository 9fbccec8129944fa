import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access, CurrentPrincipal } from '../../common/access/access.js';
import type { AgentPrincipal } from '../../common/access/principal.js';
import { ApiErrors } from '../../common/http/api-errors.js';
import type { OrganizationView } from '../../contracts/tenants.js';
import { OrganizationDto } from './dto/organization-response.dto.js';
import { UpdateOrganizationDto } from './dto/update-organization.dto.js';
import { OrganizationService } from './organization.service.js';

@ApiTags('Organization')
@Controller('v1/organization')
export class OrganizationController {
  constructor(private readonly organizations: OrganizationService) {}

  @Get()
  @Access('organization.read')
  @ApiOperation({ summary: 'Read the organization that the session is in' })
  @ApiOkResponse({ type: OrganizationDto })
  read(@CurrentPrincipal() principal: AgentPrincipal): Promise<OrganizationView> {
    return this.organizations.view(principal.organizationId);
  }

  @Patch()
  @Access('organization.update')
  @ApiOperation({
    summary: 'Change the name or settings',
    description: 'Tells every agent `organization:updated`.',
  })
  @ApiOkResponse({ type: OrganizationDto })
  @ApiErrors('common.validation_failed')
  update(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Body() body: UpdateOrganizationDto,
  ): Promise<OrganizationView> {
    return this.organizations.update(principal, body);
  }
}

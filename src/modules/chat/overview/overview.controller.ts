import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access, CurrentPrincipal } from '../../../common/access/access.js';
import type { AgentPrincipal } from '../../../common/access/principal.js';
import { ApiErrors } from '../../../common/http/api-errors.js';
import type { OverviewView } from '../../../contracts/overview.js';
import { OverviewDto, OverviewQueryDto } from '../dto/overview.dto.js';
import { OverviewService } from './overview.service.js';

@ApiTags('Inbox')
@Controller('v1/overview')
export class OverviewController {
  constructor(private readonly overview: OverviewService) {}

  @Get()
  @Access('overview.read')
  @ApiOperation({
    summary: 'See how support goes',
    description: 'Up to half a minute old. Of more than 20,000 conversations the newest are looked at.',
  })
  @ApiOkResponse({ type: OverviewDto })
  @ApiErrors('common.validation_failed')
  read(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Query() { days, environmentId }: OverviewQueryDto,
  ): Promise<OverviewView> {
    return this.overview.read(principal, days, environmentId);
  }
}

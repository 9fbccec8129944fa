import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Access, CurrentPrincipal } from '../../common/access/access.js';
import type { AgentPrincipal } from '../../common/access/principal.js';
import { ApiErrors } from '../../common/http/api-errors.js';
import { PageQueryDto } from '../../common/http/page.js';
import type { Page } from '../../contracts/common.js';
import type { FailedJobView, QueuesView } from '../../contracts/operations.js';
import { FailedJobPageDto, QueuesDto } from './queue.dto.js';
import { QueueOverviewService } from './queue-overview.service.js';

const NAME_DOC = { name: 'name', description: 'Name of the queue', example: 'chat' };
const JOB_DOC = { name: 'jobId', description: 'From the list of failed ones', example: 'notify-away-1' };

@ApiTags('Operations')
@Controller('v1/queues')
export class QueueController {
  constructor(private readonly queues: QueueOverviewService) {}

  @Get()
  @Access('queue.read')
  @ApiOperation({
    summary: 'How much work waits',
    description: 'Figures of the whole installation, for admins; no job is shown here.',
  })
  @ApiOkResponse({ type: QueuesDto })
  read(): Promise<QueuesView> {
    return this.queues.read();
  }

  @Get(':name/failed')
  @Access('queue.read')
  @ApiOperation({
    summary: "What was given up of the organization's own, the latest first",
    description:
      'A password reset belongs to an account and to no organization: it is counted, and not shown.',
  })
  @ApiParam(NAME_DOC)
  @ApiOkResponse({ type: FailedJobPageDto })
  @ApiErrors('common.validation_failed', 'queue.not_found')
  failed(
    @CurrentPrincipal() { organizationId }: AgentPrincipal,
    @Param('name') name: string,
    @Query() query: PageQueryDto,
  ): Promise<Page<FailedJobView>> {
    return this.queues.failed(organizationId, name, query);
  }

  @Post(':name/failed/:jobId/retry')
  @HttpCode(204)
  @Access('queue.manage')
  @ApiOperation({ summary: 'Try again what was given up', description: 'With all its tries.' })
  @ApiParam(NAME_DOC)
  @ApiParam(JOB_DOC)
  @ApiNoContentResponse({ description: 'It waits for a worker' })
  @ApiErrors('queue.not_found')
  retry(
    @CurrentPrincipal() { organizationId }: AgentPrincipal,
    @Param('name') name: string,
    @Param('jobId') jobId: string,
  ): Promise<void> {
    return this.queues.retry(organizationId, name, jobId);
  }
}

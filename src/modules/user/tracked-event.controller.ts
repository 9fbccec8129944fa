import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access, CurrentPrincipal } from '../../common/access/access.js';
import { scopeOf, type Principal, type UserPrincipal } from '../../common/access/principal.js';
import { ApiErrors } from '../../common/http/api-errors.js';
import { IdParam } from '../../common/http/id-param.pipe.js';
import { PageQueryDto } from '../../common/http/page.js';
import type { Page } from '../../contracts/common.js';
import type { TrackedEventView } from '../../contracts/users.js';
import { RateLimit } from '../../infrastructure/limits/rate-limit.guard.js';
import { TrackedEventPageDto, TrackEventDto } from './dto/tracked-event.dto.js';
import { TrackedEventService } from './tracked-event.service.js';

@ApiTags('Users')
@Controller('v1/users')
export class TrackedEventController {
  constructor(private readonly events: TrackedEventService) {}

  @Post('me/events')
  @HttpCode(204)
  @Access('user.self')
  @RateLimit('user-event', 30)
  @ApiOperation({
    summary: 'Tell what the user did on the site',
    description: 'For agents to see. Kept for 90 days, the newest 200 of a user.',
  })
  @ApiNoContentResponse()
  @ApiErrors('common.validation_failed')
  track(@CurrentPrincipal() principal: UserPrincipal, @Body() body: TrackEventDto): Promise<void> {
    return this.events.track(principal, body);
  }

  @Get(':id/events')
  @Access('user.read')
  @ApiOperation({ summary: 'What a user did on the site', description: 'Newest first.' })
  @ApiOkResponse({ type: TrackedEventPageDto })
  @ApiErrors('common.validation_failed', 'user.not_found')
  list(
    @CurrentPrincipal() principal: Principal,
    @Param('id', new IdParam('user')) id: string,
    @Query() query: PageQueryDto,
  ): Promise<Page<TrackedEventView>> {
    return this.events.list(scopeOf(principal), id, query);
  }
}

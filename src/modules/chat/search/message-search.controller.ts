import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access, CurrentPrincipal } from '../../../common/access/access.js';
import type { Principal } from '../../../common/access/principal.js';
import { ApiErrors } from '../../../common/http/api-errors.js';
import { setRateHeaders } from '../../../common/http/rate-headers.js';
import type { FoundMessageView } from '../../../contracts/chat.js';
import type { Page } from '../../../contracts/common.js';
import { Sheds } from '../../../infrastructure/limits/load.guard.js';
import { FoundMessagePageDto, SearchMessagesQueryDto } from '../dto/search.dto.js';
import { MessageSearchService } from './message-search.service.js';

@ApiTags('Messages')
@Controller('v1/messages')
export class MessageSearchController {
  constructor(private readonly searches: MessageSearchService) {}

  @Get('search')
  @Access('message.read')
  @Sheds('sync')
  @ApiOperation({
    summary: 'Search messages',
    description:
      'Only what the caller may see, newest first; parts of words, in any language. Words must all be there, in any ' +
      'order; "a phrase in quotes" as it stands. One or two letters of an alphabet are found where a word begins. ' +
      'What was just said is found within two seconds. A page may have fewer items than asked for, or none, and ' +
      'still a `nextCursor`.',
  })
  @ApiOkResponse({ type: FoundMessagePageDto })
  @ApiErrors('common.validation_failed', 'chat.not_found', 'common.rate_limited')
  async search(
    @CurrentPrincipal() principal: Principal,
    @Query() query: SearchMessagesQueryDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page<FoundMessageView>> {
    setRateHeaders(reply, await this.searches.limitSearching(principal));
    return this.searches.search(principal, query);
  }
}

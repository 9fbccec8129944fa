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
import { ValidationFailed } from '../../common/errors/common.errors.js';
import { ApiErrors } from '../../common/http/api-errors.js';
import { IdParam } from '../../common/http/id-param.pipe.js';
import { decodeCursor, toPage } from '../../common/http/page.js';
import type { Page } from '../../contracts/common.js';
import type { SavedReplyView } from '../../contracts/tenants.js';
import {
  CreateSavedReplyDto,
  SavedRepliesQueryDto,
  SavedReplyDto,
  SavedReplyPageDto,
  toSavedReplyView,
  UpdateSavedReplyDto,
} from './dto/saved-reply.dto.js';
import { rankOf, type ReplyCursor } from './saved-reply.repository.js';
import { SavedReplyService } from './saved-reply.service.js';

const isReplyId = new IdParam('reply');

@ApiTags('Inbox')
@Controller('v1/saved-replies')
export class SavedReplyController {
  constructor(private readonly replies: SavedReplyService) {}

  @Get()
  @Access('saved-reply.read')
  @ApiOperation({ summary: 'List or search the saved replies of the organization' })
  @ApiOkResponse({ type: SavedReplyPageDto })
  @ApiErrors('common.validation_failed')
  async list(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Query() { query: text, limit, cursor }: SavedRepliesQueryDto,
  ): Promise<Page<SavedReplyView>> {
    const after = cursor === undefined ? undefined : cursorFrom(cursor);
    const found = await this.replies.page(principal, { text, limit: limit + 1, after });
    const page = toPage(found, limit, (reply) => [String(rankOf(reply, text)), reply.shortcut]);
    return { ...page, items: page.items.map(toSavedReplyView) };
  }

  @Post()
  @Access('saved-reply.manage')
  @ApiOperation({ summary: 'Save a reply for all agents', description: 'At most 1,000 in an organization.' })
  @ApiCreatedResponse({ type: SavedReplyDto })
  @ApiErrors('common.validation_failed', 'reply.shortcut_taken', 'reply.too_many')
  async create(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Body() body: CreateSavedReplyDto,
  ): Promise<SavedReplyView> {
    return toSavedReplyView(await this.replies.create(principal, body));
  }

  @Patch(':id')
  @Access('saved-reply.manage')
  @ApiOperation({ summary: 'Change a saved reply' })
  @ApiOkResponse({ type: SavedReplyDto })
  @ApiErrors('common.validation_failed', 'reply.not_found', 'reply.shortcut_taken')
  async update(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Param('id', isReplyId) id: string,
    @Body() body: UpdateSavedReplyDto,
  ): Promise<SavedReplyView> {
    return toSavedReplyView(await this.replies.update(principal, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @Access('saved-reply.manage')
  @ApiOperation({ summary: 'Remove a saved reply' })
  @ApiNoContentResponse()
  @ApiErrors('reply.not_found')
  remove(@CurrentPrincipal() principal: AgentPrincipal, @Param('id', isReplyId) id: string): Promise<void> {
    return this.replies.remove(principal, id);
  }
}

function cursorFrom(cursor: string): ReplyCursor {
  const [rank = '', shortcut = ''] = decodeCursor(cursor, 2);
  if (rank !== '0' && rank !== '1')
    throw new ValidationFailed([{ path: 'cursor', message: 'is not a cursor from an earlier page' }]);
  return { rank: rank === '0' ? 0 : 1, shortcut };
}

import { Body, Controller, Get, Param, Put, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access, CurrentPrincipal } from '../../common/access/access.js';
import type { AgentPrincipal } from '../../common/access/principal.js';
import { ApiErrors } from '../../common/http/api-errors.js';
import { IdParam } from '../../common/http/id-param.pipe.js';
import { setRateHeaders } from '../../common/http/rate-headers.js';
import type { HeldMessageView, MessageView } from '../../contracts/chat.js';
import type { Page } from '../../contracts/common.js';
import { Sheds } from '../../infrastructure/limits/load.guard.js';
import { HeldMessagePageDto, MessageDto } from './dto/message-response.dto.js';
import { HeldMessagesQueryDto, ReviewMessageDto } from './dto/message.dto.js';
import { HeldMessageService } from './held-message.service.js';
import { MessageService } from './message.service.js';

@ApiTags('Messages')
@Controller('v1')
export class HeldMessageController {
  constructor(
    private readonly held: HeldMessageService,
    private readonly messages: MessageService,
  ) {}

  @Get('messages/held')
  @Access('message.review')
  @ApiOperation({
    summary: 'List held messages',
    description:
      'Of all conversations, newest first: what users said with a banned word in it, where the environment holds ' +
      'such messages, and nobody has decided over yet.',
  })
  @ApiOkResponse({ type: HeldMessagePageDto })
  @ApiErrors('common.validation_failed')
  list(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Query() query: HeldMessagesQueryDto,
  ): Promise<Page<HeldMessageView>> {
    return this.held.list(principal, query);
  }

  @Put('conversations/:id/messages/:messageId/review')
  @Access('message.review')
  @Sheds('send')
  @ApiOperation({
    summary: 'Review a held message',
    description:
      'Approved, it is there for all, at its place in the conversation, with all that follows from a message: it ' +
      'counts as unread, reopens the conversation, is searched and mailed. Rejected, it leaves a tombstone. The ' +
      'same decision may be sent again.',
  })
  @ApiOkResponse({ type: MessageDto })
  @ApiErrors(
    'common.validation_failed',
    'chat.not_found',
    'chat.not_participant',
    'chat.conversation_archived',
    'chat.message_not_held',
    'chat.message_deleted',
    'chat.too_many_changes',
    'common.rate_limited',
  )
  async review(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Param('id', new IdParam('chat')) conversationId: string,
    @Param('messageId', new IdParam('chat')) messageId: string,
    @Body() { decision }: ReviewMessageDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MessageView> {
    setRateHeaders(reply, await this.messages.limitChanging(principal));
    return (await this.held.review(principal, { conversationId, messageId }, decision)).message;
  }
}

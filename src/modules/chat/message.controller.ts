import { Body, Controller, Get, Headers, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access, CurrentPrincipal } from '../../common/access/access.js';
import type { Principal } from '../../common/access/principal.js';
import { NotFound } from '../../common/errors/common.errors.js';
import { ApiErrors } from '../../common/http/api-errors.js';
import { ApiExamples } from '../../common/http/api-examples.js';
import { IdParam } from '../../common/http/id-param.pipe.js';
import { PageQueryDto } from '../../common/http/page.js';
import type { MessageHistory, MessageView, SentMessage, SyncedConversation } from '../../contracts/chat.js';
import type { Page } from '../../contracts/common.js';
import { setRateHeaders } from '../../common/http/rate-headers.js';
import { Sheds } from '../../infrastructure/limits/load.guard.js';
import { InvalidMessage } from './chat.errors.js';
import { MessageDto, MessageHistoryDto, MessagePageDto, SentMessageDto } from './dto/message-response.dto.js';
import { SyncAnswerDto } from './dto/sync-response.dto.js';
import {
  CLIENT_ID,
  CLIENT_ID_RULE,
  HistoryQueryDto,
  SendMessageDto,
  SyncQueryDto,
} from './dto/message.dto.js';
import { Epoch } from './epoch.js';
import { MessageHistoryService } from './message-history.service.js';
import { MessageService } from './message.service.js';
import { MessagePinsService } from './message-pins.service.js';
import { SyncService } from './sync.service.js';

const CHAT_ID = new IdParam('chat');
const USUAL_ERRORS = ['common.validation_failed', 'chat.not_found'];

@ApiTags('Messages')
@Controller('v1/conversations/:id')
export class MessageController {
  constructor(
    private readonly messages: MessageService,
    private readonly history: MessageHistoryService,
    private readonly pinned: MessagePinsService,
    private readonly syncs: SyncService,
    private readonly epoch: Epoch,
  ) {}

  @Post('messages')
  @Access('message.send')
  @Sheds('send')
  @ApiOperation({
    summary: 'Send a message',
    description:
      'Answered once it is durable. Until a final answer, try again with the same `clientMessageId`: it is sent ' +
      "once. A user's message with a banned word in it is refused or, where the environment says so, held.",
  })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'May stand for `clientMessageId`' })
  @ApiExamples(SendMessageDto, {
    'A message': { content: '안녕하세요, 교환하고 싶어요.' },
    'A note among agents': { content: 'Their second exchange', private: true },
  })
  @ApiCreatedResponse({ type: SentMessageDto, description: 'Sent' })
  @ApiOkResponse({ type: SentMessageDto, description: 'It had been sent before: the first message' })
  @ApiErrors(
    ...USUAL_ERRORS,
    'files.not_found',
    'files.already_attached',
    'chat.idempotency_conflict',
    'chat.mention_unknown',
    'chat.thread_in_thread',
    'chat.not_participant',
    'chat.conversation_archived',
    'chat.blocked',
    'chat.consent_required',
    'chat.message_refused',
    'chat.message_held',
    'chat.slow_mode',
    'common.rate_limited',
    'common.payload_too_large',
  )
  async send(
    @CurrentPrincipal() principal: Principal,
    @Param('id', CHAT_ID) id: string,
    @Body() body: SendMessageDto,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SentMessage> {
    const clientMessageId = body.clientMessageId ?? clientIdFrom(idempotencyKey);
    setRateHeaders(reply, await this.messages.limitSending(principal));
    const sent = await this.messages.send(principal, id, { ...body, clientMessageId });
    void reply.status(sent.duplicate ? 200 : 201);
    return sent;
  }

  @Get('messages')
  @Access('message.read')
  @ApiOperation({
    summary: 'Read messages',
    description:
      'Without bounds, the newest; with `aroundSeq`, those about a place, and then `hasMore` is of the older ones ' +
      'and `hasNewer` of the newer; with `threadRootId`, those of a thread.',
  })
  @ApiOkResponse({ type: MessageHistoryDto })
  @ApiErrors(...USUAL_ERRORS)
  page(
    @CurrentPrincipal() principal: Principal,
    @Param('id', CHAT_ID) id: string,
    @Query() query: HistoryQueryDto,
  ): Promise<MessageHistory> {
    return this.history.page(principal, id, query);
  }

  @Get('messages/:messageId')
  @Access('message.read')
  @ApiOperation({ summary: 'Read one message' })
  @ApiOkResponse({ type: MessageDto })
  @ApiErrors(...USUAL_ERRORS)
  one(
    @CurrentPrincipal() principal: Principal,
    @Param('id', CHAT_ID) id: string,
    @Param('messageId', CHAT_ID) messageId: string,
  ): Promise<MessageView> {
    return this.history.one(principal, id, messageId);
  }

  @Get('pins')
  @Access('message.read')
  @ApiOperation({ summary: 'What is pinned in a conversation' })
  @ApiOkResponse({ type: MessagePageDto })
  @ApiErrors(...USUAL_ERRORS)
  pins(
    @CurrentPrincipal() principal: Principal,
    @Param('id', CHAT_ID) id: string,
    @Query() query: PageQueryDto,
  ): Promise<Page<MessageView>> {
    return this.pinned.list(principal, id, query);
  }

  @Get('sync')
  @Access('message.read')
  @Sheds('sync')
  @ApiOperation({
    summary: 'What was missed since a place',
    description: 'The same as `conversation:sync` over the socket, for one conversation.',
  })
  @ApiOkResponse({ type: SyncAnswerDto })
  @ApiErrors(...USUAL_ERRORS, 'common.rate_limited')
  async sync(
    @CurrentPrincipal() principal: Principal,
    @Param('id', CHAT_ID) id: string,
    @Query() { afterSeq, afterRev }: SyncQueryDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SyncedConversation & { epoch: string }> {
    setRateHeaders(reply, await this.messages.limitSyncing(principal));
    const [synced] = await this.syncs.sync(principal, [{ id, afterSeq, afterRev }]);
    if (!synced || synced.access === 'lost') throw new NotFound('chat');
    return { ...synced, epoch: this.epoch.current };
  }
}

function clientIdFrom(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (!CLIENT_ID.test(header)) throw new InvalidMessage('Idempotency-Key', CLIENT_ID_RULE.message);
  return header;
}

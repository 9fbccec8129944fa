import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Put,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access, CurrentPrincipal } from '../../common/access/access.js';
import type { AgentPrincipal, Principal, UserPrincipal } from '../../common/access/principal.js';
import { ApiErrors } from '../../common/http/api-errors.js';
import { ApiExamples } from '../../common/http/api-examples.js';
import { IdParam } from '../../common/http/id-param.pipe.js';
import type {
  BulkChangeResult,
  ConversationCounts,
  ConversationView,
  CreatedConversation,
  ReadMarker,
} from '../../contracts/chat.js';
import type { Page } from '../../contracts/common.js';
import { Sheds } from '../../infrastructure/limits/load.guard.js';
import { ConversationBulkService } from './conversation-bulk.service.js';
import { ConversationService } from './conversation.service.js';
import {
  BulkChangeResultDto,
  ConversationCountsDto,
  ConversationDto,
  ConversationPageDto,
  CreatedConversationDto,
  ReadMarkerDto,
} from './dto/conversation-response.dto.js';
import {
  ArchiveDto,
  AssignDto,
  AssignTeamDto,
  BulkChangeDto,
  CountConversationsQueryDto,
  CreateConversationDto,
  ListConversationsQueryDto,
  MarkReadDto,
  MuteDto,
  ParticipantsDto,
  RateDto,
  SetStatusDto,
  UpdateConversationDto,
} from './dto/conversation.dto.js';
import { InboxCountService } from './inbox-count.service.js';
import { MessageService } from './message.service.js';
import { MuteService } from './mute.service.js';
import { ReadMarkerService } from './read-marker.service.js';

const CHAT_ID = new IdParam('chat');
const CLOSED_TO_WRITING = ['chat.not_participant', 'chat.conversation_archived'];

@ApiTags('Conversations')
@Controller('v1/conversations')
export class ConversationController {
  constructor(
    private readonly conversations: ConversationService,
    private readonly messages: MessageService,
    private readonly markers: ReadMarkerService,
    private readonly mutes: MuteService,
    private readonly counts: InboxCountService,
    private readonly bulk: ConversationBulkService,
  ) {}

  @Post()
  @Access('conversation.create')
  @Sheds('send')
  @ApiOperation({
    summary: 'Start a conversation',
    description:
      'Users start their own; partners name a user; agents name a user (`support`) or other agents. ' +
      'The answer is the conversation, also under `conversation`, with the first `message` when one was sent.',
  })
  @ApiExamples(CreateConversationDto, {
    'A user': { message: { content: '안녕하세요, 교환하고 싶어요.' } },
    'A partner, for a member': { memberId: 'member-1042', message: { content: 'Your order is on its way.' } },
    'An agent, a channel': { kind: 'channel', name: 'product', visibility: 'public' },
  })
  @ApiCreatedResponse({ type: CreatedConversationDto, description: 'Started' })
  @ApiOkResponse({
    type: CreatedConversationDto,
    description: 'It was there: repeated `clientConversationId`, or the direct pair',
  })
  @ApiErrors(
    'common.validation_failed',
    'user.not_found',
    'agent.not_found',
    'chat.not_found',
    'files.not_found',
    'files.already_attached',
    'chat.idempotency_conflict',
    'chat.mention_unknown',
    'chat.blocked',
    'chat.consent_required',
    'chat.message_refused',
    'common.rate_limited',
  )
  async create(
    @CurrentPrincipal() principal: Principal,
    @Body() body: CreateConversationDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ConversationView & CreatedConversation> {
    if (body.message) await this.messages.limitSending(principal);
    const { created, ...answer } = await this.conversations.create(principal, body);
    void reply.status(created ? 201 : 200);
    return { ...answer.conversation, ...answer };
  }

  @Get()
  @Access('conversation.read')
  @ApiOperation({ summary: 'List conversations', description: 'Newest activity first. Users see their own.' })
  @ApiOkResponse({ type: ConversationPageDto })
  @ApiErrors('common.validation_failed')
  list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: ListConversationsQueryDto,
  ): Promise<Page<ConversationView>> {
    return this.conversations.list(principal, query);
  }

  @Get('counts')
  @Access('conversation.count')
  @ApiOperation({
    summary: 'Count what waits in the inbox',
    description: 'Support conversations. Each number is exact to 999, then 1000.',
  })
  @ApiOkResponse({ type: ConversationCountsDto })
  @ApiErrors('common.validation_failed')
  count(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Query() { environmentId }: CountConversationsQueryDto,
  ): Promise<ConversationCounts> {
    return this.counts.count(principal, environmentId);
  }

  @Post('bulk')
  @HttpCode(200)
  @Access('conversation.bulk')
  @Sheds('send')
  @ApiOperation({
    summary: 'Change many support conversations at once',
    description: 'Each as if it were changed by itself: one that fails stops no other. At most 100.',
  })
  @ApiOkResponse({ type: BulkChangeResultDto })
  @ApiErrors('common.validation_failed', 'agent.not_found', 'team.not_found', 'common.rate_limited')
  async changeMany(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Body() body: BulkChangeDto,
    @Req() { id: requestId }: FastifyRequest,
  ): Promise<BulkChangeResult> {
    return this.bulk.change(principal, body, requestId);
  }

  @Get(':id')
  @Access('conversation.read')
  @ApiOperation({ summary: 'Read a conversation' })
  @ApiOkResponse({ type: ConversationDto })
  @ApiErrors('common.validation_failed', 'chat.not_found')
  get(@CurrentPrincipal() principal: Principal, @Param('id', CHAT_ID) id: string): Promise<ConversationView> {
    return this.conversations.view(principal, id);
  }

  @Patch(':id')
  @Access('conversation.update')
  @ApiOperation({
    summary: 'Change subject, priority, tags or metadata; rename or describe',
    description:
      '`name` and `description` are of groups and channels; their members change them. ' +
      '`slowModeSeconds` is set there by admins and by who made it.',
  })
  @ApiOkResponse({ type: ConversationDto })
  @ApiErrors('common.validation_failed', ...CLOSED_TO_WRITING, 'chat.not_found', 'chat.wrong_kind')
  update(
    @CurrentPrincipal() principal: Principal,
    @Param('id', CHAT_ID) id: string,
    @Body() body: UpdateConversationDto,
  ): Promise<ConversationView> {
    return this.conversations.update(principal, id, body);
  }

  @Put(':id/assignee')
  @Access('conversation.assign')
  @ApiOperation({ summary: 'Give a support conversation to an agent, or to nobody' })
  @ApiOkResponse({ type: ConversationDto })
  @ApiErrors('common.validation_failed', 'chat.not_found', 'agent.not_found')
  assign(
    @CurrentPrincipal() principal: Principal,
    @Param('id', CHAT_ID) id: string,
    @Body() { agentId }: AssignDto,
  ): Promise<ConversationView> {
    return this.conversations.assign(principal, id, agentId);
  }

  @Put(':id/team')
  @Access('conversation.assign')
  @ApiOperation({ summary: 'Give a support conversation to a team, or to none' })
  @ApiOkResponse({ type: ConversationDto })
  @ApiErrors('common.validation_failed', 'chat.not_found', 'team.not_found')
  assignTeam(
    @CurrentPrincipal() principal: Principal,
    @Param('id', CHAT_ID) id: string,
    @Body() { teamId }: AssignTeamDto,
  ): Promise<ConversationView> {
    return this.conversations.assignTeam(principal, id, teamId);
  }

  @Put(':id/status')
  @Access('conversation.update')
  @ApiOperation({
    summary: 'Set the status of a support conversation',
    description: 'A user’s message opens what is resolved or snoozed; `snoozed` opens again at `until`.',
  })
  @ApiOkResponse({ type: ConversationDto })
  @ApiErrors('common.validation_failed', 'chat.not_found')
  setStatus(
    @CurrentPrincipal() principal: Principal,
    @Param('id', CHAT_ID) id: string,
    @Body() { status, until }: SetStatusDto,
  ): Promise<ConversationView> {
    return this.conversations.setStatus(principal, id, status, until ? new Date(until) : null);
  }

  @Put(':id/rating')
  @Access('conversation.rate')
  @ApiOperation({
    summary: 'Say how content you were',
    description: 'By the user of a support conversation, as often as they like: the last one counts.',
  })
  @ApiOkResponse({ type: ConversationDto })
  @ApiErrors('common.validation_failed', 'chat.not_found', 'chat.blocked', 'chat.message_refused')
  rate(
    @CurrentPrincipal() principal: UserPrincipal,
    @Param('id', CHAT_ID) id: string,
    @Body() { score, comment }: RateDto,
  ): Promise<ConversationView> {
    return this.conversations.rate(principal, id, { score, comment: comment || null });
  }

  @Put(':id/read')
  @Access('conversation.mark-read')
  @ApiOperation({
    summary: 'Move the own read marker',
    description: 'Forward only, and never past the newest message.',
  })
  @ApiOkResponse({ type: ReadMarkerDto })
  @ApiErrors('common.validation_failed', 'chat.not_found')
  markRead(
    @CurrentPrincipal() principal: AgentPrincipal | UserPrincipal,
    @Param('id', CHAT_ID) id: string,
    @Body() { seq }: MarkReadDto,
  ): Promise<ReadMarker> {
    return this.markers.markRead(principal, id, seq);
  }

  @Put(':id/mute')
  @Access('conversation.mute')
  @ApiOperation({
    summary: 'Mute a conversation for yourself',
    description:
      'You hear of mentions only: no push, no mail, no `notification`. Your other devices are told by `conversation:updated`.',
  })
  @ApiOkResponse({ type: ConversationDto })
  @ApiErrors('common.validation_failed', 'chat.not_found')
  mute(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Param('id', CHAT_ID) id: string,
    @Body() { until }: MuteDto,
  ): Promise<ConversationView> {
    return this.mutes.mute(principal, id, until ? new Date(until) : null);
  }

  @Delete(':id/mute')
  @Access('conversation.mute')
  @ApiOperation({ summary: 'Hear of a conversation again' })
  @ApiOkResponse({ type: ConversationDto })
  @ApiErrors('common.validation_failed', 'chat.not_found')
  unmute(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Param('id', CHAT_ID) id: string,
  ): Promise<ConversationView> {
    return this.mutes.unmute(principal, id);
  }

  @Put(':id/archive')
  @Access('participant.manage')
  @ApiOperation({
    summary: 'Archive a group or channel, or take it out of the archive',
    description:
      'By admins and by who made it. It can still be read; lists show it with `archived=true` only.',
  })
  @ApiOkResponse({ type: ConversationDto })
  @ApiErrors('common.validation_failed', 'chat.not_found', 'chat.not_participant', 'chat.wrong_kind')
  archive(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Param('id', CHAT_ID) id: string,
    @Body() { archived }: ArchiveDto,
  ): Promise<ConversationView> {
    return this.conversations.archive(principal, id, archived);
  }

  @Post(':id/join')
  @HttpCode(200)
  @Access('participant.self')
  @ApiOperation({ summary: 'Join a public channel' })
  @ApiOkResponse({ type: ConversationDto })
  @ApiErrors('common.validation_failed', 'chat.not_found', 'chat.conversation_archived', 'chat.wrong_kind')
  join(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Param('id', CHAT_ID) id: string,
  ): Promise<ConversationView> {
    return this.conversations.join(principal, id);
  }

  @Post(':id/leave')
  @HttpCode(204)
  @Access('participant.self')
  @ApiOperation({ summary: 'Leave a group or channel', description: 'Delivery ends at once.' })
  @ApiNoContentResponse({ description: 'Out' })
  @ApiErrors('common.validation_failed', 'chat.not_found', 'chat.wrong_kind')
  leave(@CurrentPrincipal() principal: AgentPrincipal, @Param('id', CHAT_ID) id: string): Promise<void> {
    return this.conversations.leave(principal, id);
  }

  @Post(':id/participants')
  @HttpCode(200)
  @Access('participant.manage')
  @ApiOperation({
    summary: 'Add agents to a group or channel',
    description: 'By its members. Anyone may join a public channel.',
  })
  @ApiOkResponse({ type: ConversationDto })
  @ApiErrors('common.validation_failed', ...CLOSED_TO_WRITING, 'chat.not_found', 'agent.not_found')
  addParticipants(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Param('id', CHAT_ID) id: string,
    @Body() { agentIds }: ParticipantsDto,
  ): Promise<ConversationView> {
    return this.conversations.addParticipants(principal, id, agentIds);
  }

  @Delete(':id/participants')
  @HttpCode(204)
  @Access('participant.manage')
  @ApiOperation({
    summary: 'Remove agents from a group or channel',
    description: 'By admins among its members and by who made it. Delivery to them ends at once.',
  })
  @ApiNoContentResponse({ description: 'They are out' })
  @ApiErrors('common.validation_failed', 'chat.not_found', 'chat.not_participant')
  removeParticipants(
    @CurrentPrincipal() principal: AgentPrincipal,
    @Param('id', CHAT_ID) id: string,
    @Body() { agentIds }: ParticipantsDto,
  ): Promise<void> {
    return this.conversations.removeParticipants(principal, id, agentIds);
  }
}

import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Put, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access, CurrentPrincipal } from '../../common/access/access.js';
import type { AgentPrincipal, Principal, UserPrincipal } from '../../common/access/principal.js';
import { ApiErrors } from '../../common/http/api-errors.js';
import { IdParam } from '../../common/http/id-param.pipe.js';
import { setRateHeaders } from '../../common/http/rate-headers.js';
import type { ChangedMessage, MessageVersions, MessageView } from '../../contracts/chat.js';
import { Sheds } from '../../infrastructure/limits/load.guard.js';
import { MessageDto, MessageVersionsDto } from './dto/message-response.dto.js';
import { EmojiParam } from '../../common/http/emoji.js';
import { EditMessageDto } from './dto/message.dto.js';
import { MessageChangeService } from './message-change.service.js';
import { MessageService } from './message.service.js';

const CHAT_ID = new IdParam('chat');
const EMOJI = new EmojiParam();
const EMOJI_DOC = { name: 'emoji', description: 'One emoji, percent-encoded', example: '👍' };
const USUAL_ERRORS = [
  'common.validation_failed',
  'chat.not_found',
  'chat.conversation_archived',
  'chat.blocked',
  'chat.not_participant',
  'chat.message_deleted',
  'chat.too_many_changes',
  'common.rate_limited',
];

type Reply = FastifyReply;

/** Every one of them may be repeated: what is so already stays, and takes no `rev`. */
@ApiTags('Messages')
@Controller('v1/conversations/:id/messages/:messageId')
export class MessageChangeController {
  constructor(
    private readonly changes: MessageChangeService,
    private readonly messages: MessageService,
  ) {}

  @Patch()
  @Access('message.edit')
  @Sheds('send')
  @ApiOperation({
    summary: 'Edit a message',
    description:
      "The sender's own, while it is complete, and not while it is held. A user's edit with a banned word in it is " +
      'refused, whatever becomes of messages.',
  })
  @ApiOkResponse({ type: MessageDto })
  @ApiErrors(
    ...USUAL_ERRORS,
    'chat.not_sender',
    'chat.consent_required',
    'chat.message_streaming',
    'chat.mention_unknown',
    'chat.message_refused',
    'chat.message_held',
  )
  async edit(
    @CurrentPrincipal() principal: Principal,
    @Param('id', CHAT_ID) conversationId: string,
    @Param('messageId', CHAT_ID) messageId: string,
    @Body() body: EditMessageDto,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<MessageView> {
    await this.admit(principal, reply);
    return messageOf(this.changes.edit(principal, { conversationId, messageId }, body));
  }

  @Get('versions')
  @Access('message.read-versions')
  @ApiOperation({
    summary: 'What a message said before',
    description: 'The newest 20 earlier texts, oldest first. For agents; gone when the message is deleted.',
  })
  @ApiOkResponse({ type: MessageVersionsDto })
  @ApiErrors('common.validation_failed', 'chat.not_found')
  versions(
    @CurrentPrincipal() principal: Principal,
    @Param('id', CHAT_ID) conversationId: string,
    @Param('messageId', CHAT_ID) messageId: string,
  ): Promise<MessageVersions> {
    return this.changes.versions(principal, { conversationId, messageId });
  }

  @Delete()
  @HttpCode(200)
  @Access('message.delete')
  @Sheds('send')
  @ApiOperation({
    summary: 'Delete a message',
    description: 'Leaves a tombstone: number, sender and time stay. Admins may delete what others said.',
  })
  @ApiOkResponse({ type: MessageDto })
  @ApiErrors(...USUAL_ERRORS, 'chat.not_sender', 'chat.message_streaming')
  async delete(
    @CurrentPrincipal() principal: Principal,
    @Param('id', CHAT_ID) conversationId: string,
    @Param('messageId', CHAT_ID) messageId: string,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<MessageView> {
    await this.admit(principal, reply);
    return messageOf(this.changes.delete(principal, { conversationId, messageId }));
  }

  @Put('reactions/:emoji')
  @Access('message.react')
  @Sheds('send')
  @ApiOperation({ summary: 'React to a message', description: 'Once per person and emoji.' })
  @ApiParam(EMOJI_DOC)
  @ApiOkResponse({ type: MessageDto })
  @ApiErrors(...USUAL_ERRORS, 'chat.too_many_reactions', 'chat.message_held')
  async react(
    @CurrentPrincipal() principal: AgentPrincipal | UserPrincipal,
    @Param('id', CHAT_ID) conversationId: string,
    @Param('messageId', CHAT_ID) messageId: string,
    @Param('emoji', EMOJI) emoji: string,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<MessageView> {
    await this.admit(principal, reply);
    return messageOf(this.changes.react(principal, { conversationId, messageId }, emoji, true));
  }

  @Delete('reactions/:emoji')
  @HttpCode(200)
  @Access('message.react')
  @Sheds('send')
  @ApiOperation({ summary: "Take the caller's reaction off a message" })
  @ApiParam(EMOJI_DOC)
  @ApiOkResponse({ type: MessageDto })
  @ApiErrors(...USUAL_ERRORS)
  async unreact(
    @CurrentPrincipal() principal: AgentPrincipal | UserPrincipal,
    @Param('id', CHAT_ID) conversationId: string,
    @Param('messageId', CHAT_ID) messageId: string,
    @Param('emoji', EMOJI) emoji: string,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<MessageView> {
    await this.admit(principal, reply);
    return messageOf(this.changes.react(principal, { conversationId, messageId }, emoji, false));
  }

  @Put('pin')
  @Access('message.pin')
  @Sheds('send')
  @ApiOperation({ summary: 'Pin a message in its conversation' })
  @ApiOkResponse({ type: MessageDto })
  @ApiErrors(...USUAL_ERRORS, 'chat.message_held')
  async pin(
    @CurrentPrincipal() principal: Principal,
    @Param('id', CHAT_ID) conversationId: string,
    @Param('messageId', CHAT_ID) messageId: string,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<MessageView> {
    await this.admit(principal, reply);
    return messageOf(this.changes.pin(principal, { conversationId, messageId }, true));
  }

  @Delete('pin')
  @HttpCode(200)
  @Access('message.pin')
  @Sheds('send')
  @ApiOperation({ summary: 'Unpin a message' })
  @ApiOkResponse({ type: MessageDto })
  @ApiErrors(...USUAL_ERRORS)
  async unpin(
    @CurrentPrincipal() principal: Principal,
    @Param('id', CHAT_ID) conversationId: string,
    @Param('messageId', CHAT_ID) messageId: string,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<MessageView> {
    await this.admit(principal, reply);
    return messageOf(this.changes.pin(principal, { conversationId, messageId }, false));
  }

  private async admit(principal: Principal, reply: Reply): Promise<void> {
    setRateHeaders(reply, await this.messages.limitChanging(principal));
  }
}

async function messageOf(changed: Promise<ChangedMessage>): Promise<MessageView> {
  return (await changed).message;
}

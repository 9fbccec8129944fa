import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { NextCursorField } from '../../../common/http/page.js';
import { PrincipalRefDto } from '../../../common/http/principal-ref.dto.js';
import type {
  AttachmentView,
  ConversationKind,
  HeldMessageView,
  LinkPreview,
  MessageHistory,
  MessageState,
  MessageType,
  MessageVersionView,
  MessageVersions,
  MessageView,
  PersonView,
  PlaceView,
  SentMessage,
  ThreadView,
} from '../../../contracts/chat.js';
import type { Page } from '../../../contracts/common.js';
import { EXAMPLE_ID } from './message.dto.js';

const EXAMPLE_TIME = '2026-11-20T09:30:00.000Z';

export class PersonDto implements PersonView {
  @ApiProperty({
    enum: ['user', 'agent', 'bot', 'system'],
    description: 'What kind of sender',
    example: 'agent',
  })
  type: PersonView['type'];

  @ApiProperty({ description: 'Their id', example: EXAMPLE_ID })
  id: string;

  @ApiProperty({ description: 'The name to show', example: 'Kim Minji' })
  name: string;

  @ApiProperty({ type: String, nullable: true, description: 'A picture', example: null })
  avatarUrl: string | null;
}

export class AttachmentDto implements AttachmentView {
  @ApiProperty({ description: 'The file', example: EXAMPLE_ID })
  id: string;

  @ApiProperty({ description: 'Its name', example: 'receipt.png' })
  name: string;

  @ApiProperty({ description: 'Its type', example: 'image/png' })
  mimeType: string;

  @ApiProperty({ description: 'Bytes', example: 20480 })
  size: number;

  @ApiProperty({
    description: 'Where it is, for ten minutes; `GET /v1/files/{id}` gives a fresh link',
    example: `https://chat.example/v1/files/${EXAMPLE_ID}/content?variant=original&expires=1795237200000&signature=k3`,
  })
  url: string;

  @ApiPropertyOptional({
    description: 'Of a picture: at most 480 pixels wide and high, for as long',
    example: `https://chat.example/v1/files/${EXAMPLE_ID}/content?variant=thumbnail&expires=1795237200000&signature=h7`,
  })
  thumbnailUrl?: string;

  @ApiPropertyOptional({ description: 'Of a picture, in pixels', example: 1280 })
  width?: number;

  @ApiPropertyOptional({ description: 'Of a picture, in pixels', example: 960 })
  height?: number;
}

export class ReactionDto {
  @ApiProperty({ description: 'The emoji', example: '👍' })
  emoji: string;

  @ApiProperty({ description: 'How many chose it', example: 1 })
  count: number;

  @ApiProperty({ type: [PrincipalRefDto], description: 'Who' })
  by: PrincipalRefDto[];
}

export class ThreadDto implements ThreadView {
  @ApiProperty({ description: 'How many replies, without deleted ones', example: 3 })
  replyCount: number;

  @ApiProperty({ description: 'When the newest was sent', example: EXAMPLE_TIME })
  lastReplyAt: string;

  @ApiProperty({ description: 'Its number', example: 57 })
  lastReplySeq: number;
}

export class LinkPreviewDto implements LinkPreview {
  @ApiProperty({
    description: 'The link, as it is written in the message',
    example: 'https://shop.example/returns',
  })
  url: string;

  @ApiProperty({ description: 'What the page is called', example: 'Returns and exchanges' })
  title: string;

  @ApiProperty({ type: String, nullable: true, description: 'What it is about', example: 'Within 14 days.' })
  description: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'A picture, https only',
    example: 'https://shop.example/returns.png',
  })
  imageUrl: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The site', example: 'Blue Bottle Seoul' })
  siteName: string | null;
}

export class MessageDto implements MessageView {
  @ApiProperty({ description: 'Made by the server', example: EXAMPLE_ID })
  id: string;

  @ApiProperty({ description: 'Where it was said', example: EXAMPLE_ID })
  conversationId: string;

  @ApiProperty({
    description: 'Order number in its conversation: from 1, dense, never used again',
    example: 42,
  })
  seq: number;

  @ApiProperty({ description: 'Number of its latest change; 0 when never changed', example: 0 })
  rev: number;

  @ApiProperty({
    type: String,
    nullable: true,
    description: "The sender's own id of it",
    example: '8f14e45f-ceea-467f',
  })
  clientMessageId: string | null;

  @ApiProperty({ enum: ['text', 'file', 'system', 'stream'], description: 'What it is', example: 'text' })
  type: MessageType;

  @ApiProperty({ type: PersonDto, description: 'Who said it' })
  sender: PersonDto;

  @ApiProperty({ description: 'The text; empty when deleted', example: '안녕하세요, 교환하고 싶어요.' })
  content: string;

  @ApiProperty({ type: [AttachmentDto], description: 'Its files' })
  attachments: AttachmentDto[];

  @ApiProperty({ type: [PrincipalRefDto], description: 'Who is meant in particular' })
  mentions: PrincipalRefDto[];

  @ApiProperty({ description: 'Everybody in the group or channel is meant', example: false })
  mentionsAll: boolean;

  @ApiProperty({ type: String, nullable: true, description: 'The root of its thread', example: null })
  threadRootId: string | null;

  @ApiProperty({ description: 'A reply in a thread, shown in the conversation as well', example: false })
  alsoInConversation: boolean;

  @ApiProperty({ type: ThreadDto, nullable: true, description: 'The thread under it, if there is one' })
  thread: ThreadDto | null;

  @ApiProperty({ type: String, nullable: true, description: 'The message that it answers', example: null })
  replyToId: string | null;

  @ApiProperty({ type: [ReactionDto], description: 'Reactions' })
  reactions: ReactionDto[];

  @ApiProperty({
    type: [LinkPreviewDto],
    description: 'What is behind its first three links; comes a moment later, where it is on',
  })
  linkPreviews: LinkPreviewDto[];

  @ApiProperty({ description: 'A note between agents', example: false })
  private: boolean;

  @ApiProperty({
    description:
      'Has a banned word in it and waits for an agent. Until it is approved only its sender, agents, and keys with ' +
      '`notes:read` see it, and nothing else follows from it',
    example: false,
  })
  held: boolean;

  @ApiProperty({ description: 'Pinned in its conversation', example: false })
  pinned: boolean;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: "The sender's own data",
    example: {},
  })
  metadata: Record<string, unknown>;

  @ApiProperty({
    enum: ['streaming', 'complete', 'cancelled', 'failed', 'interrupted'],
    description: 'Whether all of it is there',
    example: 'complete',
  })
  state: MessageState;

  @ApiProperty({ description: 'When it was said', example: EXAMPLE_TIME })
  createdAt: string;

  @ApiProperty({ type: String, nullable: true, description: 'When it was last edited', example: null })
  editedAt: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'When it was deleted', example: null })
  deletedAt: string | null;
}

export class MessagePageDto implements Page<MessageView> {
  @ApiProperty({ type: [MessageDto], description: 'Newest first' })
  items: MessageDto[];

  @NextCursorField()
  nextCursor: string | null;
}

/** Where a message was said that is listed by itself. */
export class PlaceDto implements PlaceView {
  @ApiProperty({ description: 'Its id', example: EXAMPLE_ID })
  id: string;

  @ApiProperty({
    enum: ['support', 'direct', 'group', 'channel'],
    description: 'Who talks with whom',
    example: 'support',
  })
  kind: ConversationKind;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Its name or subject, or the name of its user; null between agents without one',
    example: 'Exchange of order A-1001',
  })
  title: string | null;
}

export class HeldMessageDto implements HeldMessageView {
  @ApiProperty({ type: MessageDto, description: 'The message' })
  message: MessageDto;

  @ApiProperty({ type: PlaceDto, description: 'Where it was said' })
  conversation: PlaceDto;
}

export class HeldMessagePageDto {
  @ApiProperty({ type: [HeldMessageDto], description: 'Newest first' })
  items: HeldMessageDto[];

  @NextCursorField()
  nextCursor: string | null;
}

export class MessageVersionDto implements MessageVersionView {
  @ApiProperty({ description: 'What it said', example: '내일 도착해요.' })
  content: string;

  @ApiProperty({ description: 'When that was written', example: EXAMPLE_TIME })
  writtenAt: string;
}

export class MessageVersionsDto implements MessageVersions {
  @ApiProperty({ type: [MessageVersionDto], description: 'Oldest first, without what it says now' })
  items: MessageVersionDto[];
}

export class SentMessageDto implements SentMessage {
  @ApiProperty({ type: MessageDto, description: 'The message; on a repeat, the first one' })
  message: MessageDto;

  @ApiProperty({ description: 'This clientMessageId had been sent before', example: false })
  duplicate: boolean;
}

export class MessageHistoryDto implements MessageHistory {
  @ApiProperty({ type: [MessageDto], description: 'Ascending by `seq`' })
  items: MessageDto[];

  @ApiProperty({ description: 'The highest `seq` in the conversation', example: 42 })
  headSeq: number;

  @ApiProperty({ description: 'The lowest `seq` that is kept', example: 1 })
  minSeq: number;

  @ApiProperty({ description: 'More in the direction that was asked for', example: false })
  hasMore: boolean;

  @ApiPropertyOptional({
    description: 'With `aroundSeq`: newer ones than these; `hasMore` then says whether there are older ones',
    example: true,
  })
  hasNewer?: boolean;
}

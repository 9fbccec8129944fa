import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ErrorDto } from '../../../common/http/api-errors.js';
import type {
  AttachmentView,
  BulkChangeResult,
  ChannelVisibility,
  ConversationCounts,
  ConversationKind,
  ConversationPriority,
  ConversationStatus,
  ConversationView,
  CreatedConversation,
  HeldMessageView,
  LastMessageView,
  LinkPreview,
  MessageHistory,
  MessageState,
  MessageType,
  MessageVersionView,
  MessageVersions,
  MessageView,
  ParticipantView,
  PersonView,
  PlaceView,
  RatingView,
  ReadMarker,
  SentMessage,
  SyncedConversation,
  ThreadView,
} from '../../../contracts/chat.js';
import type { Page } from '../../../contracts/common.js';
import { PrincipalRefDto } from '../../../common/http/principal-ref.dto.js';
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

export class ParticipantDto implements ParticipantView {
  @ApiProperty({ enum: ['agent', 'user'], description: 'What kind of participant', example: 'user' })
  type: 'agent' | 'user';

  @ApiProperty({ description: 'Their id', example: EXAMPLE_ID })
  id: string;

  @ApiProperty({ description: 'The name to show', example: 'Kim Minji' })
  name: string;

  @ApiProperty({ type: String, nullable: true, description: 'A picture', example: null })
  avatarUrl: string | null;

  @ApiProperty({ description: 'They have seen everything up to this number', example: 41 })
  readSeq: number;
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

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'For the next page; null at the end',
    example: null,
  })
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

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'For the next page; null at the end',
    example: null,
  })
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

export class LastMessageDto implements LastMessageView {
  @ApiProperty({ description: 'Its id', example: EXAMPLE_ID })
  id: string;

  @ApiProperty({ description: 'Its number', example: 42 })
  seq: number;

  @ApiProperty({ enum: ['text', 'file', 'system', 'stream'], description: 'What it is', example: 'text' })
  type: MessageType;

  @ApiProperty({ type: PersonDto, description: 'Who said it' })
  sender: PersonDto;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Its first 200 characters',
    example: '안녕하세요',
  })
  content: string | null;

  @ApiProperty({ description: 'A note between agents', example: false })
  private: boolean;

  @ApiProperty({ description: 'When it was said', example: EXAMPLE_TIME })
  createdAt: string;
}

export class ConversationTeamDto {
  @ApiProperty({ description: 'Its id', example: EXAMPLE_ID })
  id: string;

  @ApiProperty({ description: 'Its name', example: 'Returns' })
  name: string;
}

export class RatingDto implements RatingView {
  @ApiProperty({ description: 'From 1 to 5', example: 5 })
  score: number;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'In the words of the user',
    example: 'Quick and friendly',
  })
  comment: string | null;

  @ApiProperty({ description: 'When they said so', example: EXAMPLE_TIME })
  ratedAt: string;
}

export class ConversationDto implements ConversationView {
  @ApiProperty({ description: 'Its id', example: EXAMPLE_ID })
  id: string;

  @ApiProperty({
    enum: ['support', 'direct', 'group', 'channel'],
    description: 'Who talks with whom',
    example: 'support',
  })
  kind: ConversationKind;

  @ApiProperty({ type: String, nullable: true, description: 'Support: its environment', example: EXAMPLE_ID })
  environmentId: string | null;

  @ApiProperty({
    enum: ['open', 'pending', 'snoozed', 'resolved'],
    description: 'Where it stands',
    example: 'open',
  })
  status: ConversationStatus;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'What it is about',
    example: 'Exchange of order A-1001',
  })
  subject: string | null;

  @ApiPropertyOptional({ description: 'Channels and groups: the name', example: 'product' })
  name?: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Channels and groups: what it is for',
    example: 'What we build next',
  })
  description: string | null;

  @ApiPropertyOptional({
    enum: ['public', 'private'],
    description: 'Channels: who may find it',
    example: 'public',
  })
  visibility?: ChannelVisibility;

  @ApiPropertyOptional({ type: PersonDto, description: 'Support: the user' })
  user?: PersonDto;

  @ApiProperty({ type: PersonDto, nullable: true, description: 'Support: the agent who has it' })
  assignee: PersonDto | null;

  @ApiProperty({
    type: ConversationTeamDto,
    nullable: true,
    description: 'Support: the team that has it; null for users',
  })
  team: ConversationTeamDto | null;

  @ApiProperty({ type: [ParticipantDto], description: 'Who takes part, and how far they have read' })
  participants: ParticipantDto[];

  @ApiProperty({
    enum: ['low', 'normal', 'high', 'urgent'],
    description: 'How urgent it is',
    example: 'normal',
  })
  priority: ConversationPriority;

  @ApiProperty({ type: [String], description: 'Labels of the agents; empty for users', example: ['refund'] })
  tags: string[];

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'Your own data', example: {} })
  metadata: Record<string, unknown>;

  @ApiProperty({ description: 'Follows it through logs and other systems', example: EXAMPLE_ID })
  traceId: string;

  @ApiProperty({ description: 'The highest `seq` in it', example: 42 })
  headSeq: number;

  @ApiProperty({ description: 'The highest `rev` in it', example: 0 })
  headRev: number;

  @ApiProperty({ type: LastMessageDto, nullable: true, description: 'The newest message' })
  lastMessage: LastMessageDto | null;

  @ApiPropertyOptional({ description: "The reader's own unread, exact to 99, then 100", example: 2 })
  unread?: number;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: "The reader's own: only mentions are notified until then; far in the future: for good",
    example: null,
  })
  mutedUntil?: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'snoozed: when it opens again', example: null })
  snoozedUntil: string | null;

  @ApiProperty({ description: 'When it began', example: EXAMPLE_TIME })
  createdAt: string;

  @ApiProperty({ description: 'When something in it last changed', example: EXAMPLE_TIME })
  updatedAt: string;

  @ApiPropertyOptional({ description: 'support: how content the user was', type: RatingDto })
  rating?: RatingDto;

  @ApiPropertyOptional({ description: 'resolved: since when', example: EXAMPLE_TIME })
  resolvedAt?: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Channels and groups: since then nobody can write in it',
    example: null,
  })
  archivedAt: string | null;

  @ApiProperty({
    description:
      'How many seconds a sender waits between two messages; 0: none. Not for agents in support, nor for admins',
    example: 0,
  })
  slowModeSeconds: number;

  @ApiPropertyOptional({
    type: PrincipalRefDto,
    description: 'group, channel: who made it, and may manage it',
  })
  createdBy?: PrincipalRefDto;
}

export class ConversationPageDto {
  @ApiProperty({ type: [ConversationDto], description: 'Newest activity first' })
  items: ConversationDto[];

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'For the next page; null at the end',
    example: null,
  })
  nextCursor: string | null;
}

export class CreatedConversationDto extends ConversationDto implements CreatedConversationBody {
  @ApiProperty({ type: () => ConversationDto, description: 'The conversation, as in `conversation:create`' })
  conversation: ConversationDto;

  @ApiPropertyOptional({ type: () => MessageDto, description: 'Its first message' })
  message?: MessageDto;
}

type CreatedConversationBody = ConversationView & CreatedConversation;

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

export class SyncedConversationDto implements SyncedConversation {
  @ApiProperty({ description: 'The conversation', example: EXAMPLE_ID })
  id: string;

  @ApiProperty({ type: [MessageDto], description: 'After `afterSeq`; with `reset`, the newest 50' })
  messages: MessageDto[];

  @ApiProperty({ type: [MessageDto], description: 'Changed after `afterRev`, by ascending `rev`' })
  changes: MessageDto[];

  @ApiProperty({ description: 'The highest `seq`', example: 42 })
  headSeq: number;

  @ApiProperty({ description: 'The highest `rev`', example: 0 })
  headRev: number;

  @ApiProperty({ description: 'The lowest `seq` that is kept', example: 1 })
  minSeq: number;

  @ApiProperty({ description: 'Ask again from the last ones that you got', example: false })
  hasMore: boolean;

  @ApiProperty({
    description: 'Throw away what you hold: the gap is too large or cannot be proved',
    example: false,
  })
  reset: boolean;

  @ApiProperty({
    enum: ['ok', 'lost'],
    description: '`lost`: not, or no longer, yours to see',
    example: 'ok',
  })
  access: 'ok' | 'lost';
}

export class SyncAnswerDto extends SyncedConversationDto {
  @ApiProperty({
    description: 'Changes when the store came back from an unclean stop',
    example: '1763630000000',
  })
  epoch: string;
}

export class ReadMarkerDto implements ReadMarker {
  @ApiProperty({ description: 'Where the marker stands now', example: 42 })
  readSeq: number;

  @ApiProperty({ description: 'What is still unread, exact to 99, then 100', example: 0 })
  unread: number;
}

class TeamCountDto {
  @ApiProperty({ description: 'Its id', example: EXAMPLE_ID })
  id: string;

  @ApiProperty({ description: 'How many of its conversations are open', example: 12 })
  open: number;
}

class TagCountDto {
  @ApiProperty({ description: 'The tag', example: 'refund' })
  tag: string;

  @ApiProperty({ description: 'How many of the newest 1,000 open conversations have it', example: 7 })
  open: number;
}

export class ConversationCountsDto implements ConversationCounts {
  @ApiProperty({ description: 'Open, and yours', example: 3 })
  mine: number;

  @ApiProperty({ description: 'Open, and nobody’s', example: 8 })
  unassigned: number;

  @ApiProperty({ description: 'Open', example: 24 })
  open: number;

  @ApiProperty({ description: 'With a bot or in a queue', example: 2 })
  pending: number;

  @ApiProperty({ description: 'Put off', example: 5 })
  snoozed: number;

  @ApiProperty({ description: 'Not counted', type: Number, nullable: true, example: null })
  resolved: null;

  @ApiProperty({ description: 'Not resolved, of any kind, in which you are mentioned', example: 1 })
  mentions: number;

  @ApiProperty({ description: 'Of every team', type: [TeamCountDto] })
  teams: TeamCountDto[];

  @ApiProperty({ description: 'The 20 most frequent', type: [TagCountDto] })
  tags: TagCountDto[];
}

class BulkItemDto {
  @ApiProperty({ description: 'Which one', example: EXAMPLE_ID })
  id: string;

  @ApiProperty({ description: 'Was it changed?', example: true })
  ok: boolean;

  @ApiPropertyOptional({ description: 'Why not', type: ErrorDto })
  error?: ErrorDto;
}

export class BulkChangeResultDto implements BulkChangeResult {
  @ApiProperty({ description: 'In the order in which they were named', type: [BulkItemDto] })
  items: BulkItemDto[];
}

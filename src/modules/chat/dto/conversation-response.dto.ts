import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ErrorDto } from '../../../common/http/api-errors.js';
import { NextCursorField } from '../../../common/http/page.js';
import { PrincipalRefDto } from '../../../common/http/principal-ref.dto.js';
import type {
  BulkChangeResult,
  ChannelVisibility,
  ConversationCounts,
  ConversationKind,
  ConversationPriority,
  ConversationStatus,
  ConversationView,
  CreatedConversation,
  LastMessageView,
  MessageType,
  ParticipantView,
  RatingView,
  ReadMarker,
} from '../../../contracts/chat.js';
import { EXAMPLE_ID } from './message.dto.js';
import { PersonDto, MessageDto } from './message-response.dto.js';

const EXAMPLE_TIME = '2026-11-20T09:30:00.000Z';

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

  @NextCursorField()
  nextCursor: string | null;
}

export class CreatedConversationDto extends ConversationDto implements CreatedConversationBody {
  @ApiProperty({ type: () => ConversationDto, description: 'The conversation, as in `conversation:create`' })
  conversation: ConversationDto;

  @ApiPropertyOptional({ type: () => MessageDto, description: 'Its first message' })
  message?: MessageDto;
}

type CreatedConversationBody = ConversationView & CreatedConversation;

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

  @ApiProperty({ description: 'The 100 most frequent', type: [TagCountDto] })
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

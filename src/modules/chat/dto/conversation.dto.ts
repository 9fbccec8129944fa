import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { Optional, TimeField, Trimmed } from '../../../common/http/dto-fields.js';
import { PageQueryDto } from '../../../common/http/page.js';
import type {
  BulkChangeBody,
  ChannelVisibility,
  ConversationKind,
  ConversationPriority,
  ConversationStatus,
  CreateConversationBody,
} from '../../../contracts/chat.js';
import { CLIENT_ID, CLIENT_ID_RULE, EXAMPLE_ID, SendMessageDto } from './message.dto.js';

const KINDS: ConversationKind[] = ['support', 'direct', 'group', 'channel'];
const STATUSES: ConversationStatus[] = ['open', 'pending', 'snoozed', 'resolved'];
const PRIORITIES: ConversationPriority[] = ['low', 'normal', 'high', 'urgent'];

export class CreateConversationDto implements CreateConversationBody {
  @ApiPropertyOptional({
    description: 'Makes the creation repeatable: the same id answers the first conversation',
    example: '5f0c8e0a-3d0a-4b67-9d0c-0b5a0a3d7a10',
  })
  @Optional()
  @IsString()
  @Matches(CLIENT_ID, CLIENT_ID_RULE)
  clientConversationId?: string;

  @ApiPropertyOptional({ type: () => SendMessageDto, description: 'The first message' })
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => SendMessageDto)
  message?: SendMessageDto;

  @ApiPropertyOptional({ description: 'What it is about', example: 'Exchange of order A-1001' })
  @Optional()
  @Trimmed()
  @IsString()
  @MaxLength(200)
  subject?: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'Your own data, at most 4 KB',
  })
  @Optional()
  @IsObject()
  metadata?: Record<string, unknown>;

  @ApiPropertyOptional({ description: 'Partners and agents: the user it is with', example: EXAMPLE_ID })
  @Optional()
  @IsString()
  @MaxLength(64)
  userId?: string;

  @ApiPropertyOptional({
    description: 'Partners and agents: the same by your own id',
    example: 'member-1001',
  })
  @Optional()
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  memberId?: string;

  @ApiPropertyOptional({ enum: KINDS, description: 'Agents only; `support` unless said', example: 'support' })
  @Optional()
  @IsIn(KINDS)
  kind?: ConversationKind;

  @ApiPropertyOptional({ description: 'Agents: the environment of `memberId`', example: EXAMPLE_ID })
  @Optional()
  @IsString()
  @MaxLength(64)
  environmentId?: string;

  @ApiPropertyOptional({
    type: [String],
    description: 'direct, group, channel: the other agents',
    example: [EXAMPLE_ID],
  })
  @Optional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  agentIds?: string[];

  @ApiPropertyOptional({ description: 'channel, group: its name', example: 'product' })
  @Optional()
  @Trimmed()
  @IsString()
  @MinLength(1)
  @MaxLength(80)
  name?: string;

  @ApiPropertyOptional({ description: 'channel, group: what it is for', example: 'What we build next' })
  @Optional()
  @Trimmed()
  @IsString()
  @MaxLength(500)
  description?: string;

  @ApiPropertyOptional({
    enum: ['public', 'private'],
    description: 'channel: who may find it',
    example: 'public',
  })
  @Optional()
  @IsIn(['public', 'private'])
  visibility?: ChannelVisibility;
}

export class ListConversationsQueryDto extends PageQueryDto {
  @ApiPropertyOptional({ enum: STATUSES, description: 'Only with this status', example: 'open' })
  @Optional()
  @IsIn(STATUSES)
  status?: ConversationStatus;

  @ApiPropertyOptional({ enum: KINDS, description: 'Only of this kind', example: 'support' })
  @Optional()
  @IsIn(KINDS)
  kind?: ConversationKind;

  @ApiPropertyOptional({ description: 'Only of this assignee', example: EXAMPLE_ID })
  @Optional()
  @IsString()
  @MaxLength(64)
  assigneeId?: string;

  @ApiPropertyOptional({ description: 'Only those that nobody has', example: true })
  @Optional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  unassigned?: boolean;

  @ApiPropertyOptional({ description: 'Only with this tag', example: 'refund' })
  @Optional()
  @IsString()
  @MaxLength(50)
  tag?: string;

  @ApiPropertyOptional({ description: 'Support: only of this team', example: EXAMPLE_ID })
  @Optional()
  @IsString()
  @MaxLength(64)
  teamId?: string;

  @ApiPropertyOptional({ enum: PRIORITIES, description: 'Support: only so urgent', example: 'high' })
  @Optional()
  @IsIn(PRIORITIES)
  priority?: ConversationPriority;

  @ApiPropertyOptional({
    description: 'Agents: only those, of any kind, in which one is mentioned',
    example: true,
  })
  @Optional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  mentioned?: boolean;

  @ApiPropertyOptional({ description: 'Only with this user', example: EXAMPLE_ID })
  @Optional()
  @IsString()
  @MaxLength(64)
  userId?: string;

  @ApiPropertyOptional({ description: 'Parts of the subject or of a name, in any language', example: '교환' })
  @Optional()
  @Trimmed()
  @IsString()
  @MaxLength(100)
  query?: string;

  @ApiPropertyOptional({
    description: 'Only those that are archived; otherwise only those that are not',
    example: false,
  })
  @Optional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  archived?: boolean;

  @ApiPropertyOptional({
    description: 'Of the kinds between agents, only those that one belongs to; false: only the others',
    example: true,
  })
  @Optional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  joined?: boolean;

  @ApiPropertyOptional({ description: 'Agents: only of this environment', example: EXAMPLE_ID })
  @Optional()
  @IsString()
  @MaxLength(64)
  environmentId?: string;
}

export class CountConversationsQueryDto {
  @ApiPropertyOptional({ description: 'Only of this environment', example: EXAMPLE_ID })
  @Optional()
  @IsString()
  @MaxLength(64)
  environmentId?: string;
}

export class UpdateConversationDto {
  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'What it is about',
    example: 'Exchange of order A-1001',
  })
  @IsOptional()
  @Trimmed()
  @IsString()
  @MaxLength(200)
  subject?: string | null;

  @ApiPropertyOptional({ description: 'channel, group: its name', example: 'product' })
  @Optional()
  @Trimmed()
  @IsString()
  @MinLength(1)
  @MaxLength(80)
  name?: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'channel, group: what it is for',
    example: 'What we build next',
  })
  @IsOptional()
  @Trimmed()
  @IsString()
  @MaxLength(500)
  description?: string | null;

  @ApiPropertyOptional({
    description: 'How many seconds a sender waits between two messages; 0: none',
    example: 30,
  })
  @Optional()
  @IsInt()
  @Min(0)
  @Max(21_600)
  slowModeSeconds?: number;

  @ApiPropertyOptional({ enum: PRIORITIES, description: 'How urgent it is', example: 'high' })
  @Optional()
  @IsIn(PRIORITIES)
  priority?: ConversationPriority;

  @ApiPropertyOptional({
    type: [String],
    maxItems: 30,
    description: 'Replaces all tags',
    example: ['refund'],
  })
  @Optional()
  @IsArray()
  @ArrayMaxSize(30)
  @IsString({ each: true })
  @MinLength(1, { each: true })
  @MaxLength(50, { each: true })
  tags?: string[];

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'Replaces your own data, at most 4 KB',
  })
  @Optional()
  @IsObject()
  metadata?: Record<string, unknown>;
}

export class AssignDto {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Who has it from now on; null: nobody',
    example: EXAMPLE_ID,
  })
  @ValidateIf((_, agentId) => agentId !== null)
  @IsString()
  @MaxLength(64)
  agentId: string | null;
}

export class AssignTeamDto {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Which team has it from now on; null: none',
    example: EXAMPLE_ID,
  })
  @ValidateIf((_, teamId) => teamId !== null)
  @IsString()
  @MaxLength(64)
  teamId: string | null;
}

export class BulkChangeDto implements BulkChangeBody {
  @ApiProperty({ type: [String], maxItems: 100, description: 'Which ones', example: [EXAMPLE_ID] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  ids: string[];

  @ApiPropertyOptional({ enum: STATUSES, description: 'The new status', example: 'resolved' })
  @Optional()
  @IsIn(STATUSES)
  status?: ConversationStatus;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: '`snoozed`: when they open again',
    example: '2027-01-04T00:00:00.000Z',
  })
  @IsOptional()
  @TimeField()
  until?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'Who has them from now on; null: nobody',
    example: EXAMPLE_ID,
  })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  assigneeId?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'Which team has them from now on; null: none',
    example: EXAMPLE_ID,
  })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  teamId?: string | null;

  @ApiPropertyOptional({
    type: [String],
    maxItems: 30,
    description: 'Tags that they get',
    example: ['refund'],
  })
  @Optional()
  @IsArray()
  @ArrayMaxSize(30)
  @IsString({ each: true })
  @MinLength(1, { each: true })
  @MaxLength(50, { each: true })
  addTags?: string[];

  @ApiPropertyOptional({
    type: [String],
    maxItems: 30,
    description: 'Tags that they lose; these go first',
    example: ['new'],
  })
  @Optional()
  @IsArray()
  @ArrayMaxSize(30)
  @IsString({ each: true })
  @MinLength(1, { each: true })
  @MaxLength(50, { each: true })
  removeTags?: string[];

  @ApiPropertyOptional({ enum: PRIORITIES, description: 'How urgent they are', example: 'high' })
  @Optional()
  @IsIn(PRIORITIES)
  priority?: ConversationPriority;
}

export class SetStatusDto {
  @ApiProperty({ enum: STATUSES, description: 'The new status', example: 'resolved' })
  @IsIn(STATUSES)
  status: ConversationStatus;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: '`snoozed`: when it opens again',
    example: '2027-01-04T00:00:00.000Z',
  })
  @IsOptional()
  @TimeField()
  until?: string | null;
}

export class RateDto {
  @ApiProperty({ description: 'How content, from 1 to 5', example: 5, minimum: 1, maximum: 5 })
  @IsInt()
  @Min(1)
  @Max(5)
  score: number;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'In the words of the user',
    example: 'Quick and friendly',
    maxLength: 1000,
  })
  @IsOptional()
  @Trimmed()
  @IsString()
  @MaxLength(1000)
  comment?: string | null;
}

export class MarkReadDto {
  @ApiProperty({ description: 'Everything up to this number was seen', example: 42 })
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  seq: number;
}

export class MuteDto {
  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'Until when; left out or null: for good',
    example: '2027-01-04T00:00:00.000Z',
  })
  @IsOptional()
  @TimeField()
  until?: string | null;
}

export class ArchiveDto {
  @ApiProperty({ description: 'Is it archived from now on?', example: true })
  @IsBoolean()
  archived: boolean;
}

export class ParticipantsDto {
  @ApiProperty({ type: [String], description: 'Which agents', example: [EXAMPLE_ID] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  agentIds: string[];
}

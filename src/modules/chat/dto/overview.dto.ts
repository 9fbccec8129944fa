import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsString, MaxLength } from 'class-validator';
import { Optional } from '../../../common/http/dto-fields.js';
import type { PresenceStatus } from '../../../contracts/common.js';
import type { DurationFigures, OverviewView } from '../../../contracts/overview.js';

const EXAMPLE_ID = '019393a2-7c1e-7c5e-9f7e-0f2b6f1f7a11';
const DAYS = [1, 7, 30];

export class OverviewQueryDto {
  @ApiPropertyOptional({ description: 'Only of this environment', example: EXAMPLE_ID })
  @Optional()
  @IsString()
  @MaxLength(64)
  environmentId?: string;

  @ApiPropertyOptional({ description: 'Today, and so many days before', enum: DAYS, default: 1, example: 1 })
  @Optional()
  @Type(() => Number)
  @IsIn(DAYS)
  days = 1;
}

class OverviewConversationsDto {
  @ApiProperty({ description: 'How many began', example: 42 })
  created: number;

  @ApiProperty({ description: 'How many were resolved, and still are', example: 37 })
  resolved: number;

  @ApiProperty({ description: 'Open or pending now, and the user has the last word', example: 5 })
  waitingNow: number;

  @ApiProperty({
    description: 'Since the user wrote who has waited longest; null when nobody waits',
    type: Number,
    nullable: true,
    example: 240_000,
  })
  longestWaitMs: number | null;
}

class DurationFiguresDto implements DurationFigures {
  @ApiProperty({ description: 'Half were quicker', type: Number, nullable: true, example: 65_000 })
  median: number | null;

  @ApiProperty({ description: 'Nine of ten were quicker', type: Number, nullable: true, example: 310_000 })
  p90: number | null;
}

class OverviewRatingDto {
  @ApiProperty({ description: 'From 1 to 5', type: Number, nullable: true, example: 4.6 })
  average: number | null;

  @ApiProperty({ description: 'How many rated', example: 12 })
  count: number;
}

class OverviewHourDto {
  @ApiProperty({ description: 'When the hour began', example: '2026-11-20T09:00:00.000Z' })
  at: string;

  @ApiProperty({ description: 'What users, agents and bots said', example: 180 })
  messages: number;

  @ApiProperty({ description: 'How many conversations began', example: 12 })
  conversations: number;
}

class OverviewAgentDto {
  @ApiProperty({ description: 'Opaque id', example: EXAMPLE_ID })
  id: string;

  @ApiProperty({ description: 'Their name', example: 'Jimin Park' })
  name: string;

  @ApiProperty({ description: 'Picture', type: String, nullable: true, example: null })
  avatarUrl: string | null;

  @ApiProperty({ description: 'Online or away', enum: ['online', 'away'], example: 'online' })
  presence: PresenceStatus;
}

export class OverviewDto implements OverviewView {
  @ApiProperty({ description: 'The beginning of the first day', example: '2026-11-19T15:00:00.000Z' })
  from: string;

  @ApiProperty({ description: 'When this was so', example: '2026-11-20T09:12:00.000Z' })
  to: string;

  @ApiProperty({ description: 'In which days begin: the organization’s', example: 'Asia/Seoul' })
  timeZone: string;

  @ApiProperty({ description: 'Support conversations', type: OverviewConversationsDto })
  conversations: OverviewConversationsDto;

  @ApiProperty({
    description:
      'From the beginning to the first answer of an agent, of those that were answered in this time',
    type: DurationFiguresDto,
  })
  firstResponseMs: DurationFiguresDto;

  @ApiProperty({
    description: 'From the beginning to the end, of those that were resolved in this time',
    type: DurationFiguresDto,
  })
  resolutionMs: DurationFiguresDto;

  @ApiProperty({ description: 'How content users were', type: OverviewRatingDto })
  rating: OverviewRatingDto;

  @ApiProperty({ description: 'Every hour of the time, the first first', type: [OverviewHourDto] })
  perHour: OverviewHourDto[];

  @ApiProperty({ description: 'Agents who are there', type: [OverviewAgentDto] })
  online: OverviewAgentDto[];
}

import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsOptional,
  IsString,
  MaxLength,
  MinLength,
} from 'class-validator';
import { Optional, Trimmed } from '../../../common/http/dto-fields.js';
import { NextCursorField } from '../../../common/http/page.js';
import type { TeamView } from '../../../contracts/tenants.js';
import type { Team } from '../team.js';

const EXAMPLE_ID = '019393a2-7c1e-7c5e-9f7e-0f2b6f1f7a11';
const NAME = { description: 'Unique in the organization', example: 'Refunds', maxLength: 80 };
const DESCRIPTION = {
  description: 'What it does',
  type: String,
  nullable: true,
  maxLength: 500,
  example: 'Money back, within a day',
} as const;
const AGENTS = {
  description: 'Who belongs to it',
  type: String,
  isArray: true as const,
  maxItems: 200,
  example: [EXAMPLE_ID],
};

export class CreateTeamDto {
  @ApiProperty(NAME)
  @Trimmed()
  @IsString()
  @MinLength(1)
  @MaxLength(80)
  name: string;

  @ApiPropertyOptional(DESCRIPTION)
  @IsOptional()
  @Trimmed()
  @IsString()
  @MaxLength(500)
  description?: string | null;

  @ApiPropertyOptional(AGENTS)
  @Optional()
  @IsArray()
  @ArrayMaxSize(200)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  agentIds?: string[];
}

export class UpdateTeamDto {
  @ApiPropertyOptional(NAME)
  @Optional()
  @Trimmed()
  @IsString()
  @MinLength(1)
  @MaxLength(80)
  name?: string;

  @ApiPropertyOptional(DESCRIPTION)
  @IsOptional()
  @Trimmed()
  @IsString()
  @MaxLength(500)
  description?: string | null;

  @ApiPropertyOptional({ ...AGENTS, description: 'Who belongs to it from now on' })
  @Optional()
  @IsArray()
  @ArrayMaxSize(200)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  agentIds?: string[];
}

export class TeamDto implements TeamView {
  @ApiProperty({ description: 'Opaque id', example: EXAMPLE_ID })
  id: string;

  @ApiProperty(NAME)
  name: string;

  @ApiProperty(DESCRIPTION)
  description: string | null;

  @ApiProperty({ ...AGENTS, description: 'Active agents who belong to it' })
  agentIds: string[];

  @ApiProperty({ description: 'Since when it is there', example: '2026-11-20T09:00:00.000Z' })
  createdAt: string;
}

export class TeamPageDto {
  @ApiProperty({ description: 'Oldest first', type: [TeamDto] })
  items: TeamDto[];

  @NextCursorField()
  nextCursor: string | null;
}

export function toTeamView({ id, name, description, agentIds, createdAt }: Team): TeamView {
  return { id, name, description, agentIds, createdAt: createdAt.toISOString() };
}

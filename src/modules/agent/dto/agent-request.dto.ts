import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, IsTimeZone, MaxLength, MinLength } from 'class-validator';
import { EmailField, HttpsUrlField, Optional, TimeField, Trimmed } from '../../../common/http/dto-fields.js';
import { IsEmoji } from '../../../common/http/emoji.js';
import type { Availability, Language, Role, Theme } from '../../../contracts/tenants.js';
import type { OwnProfile } from '../agent.service.js';

const ROLES: Role[] = ['owner', 'admin', 'agent', 'viewer'];
const AVAILABILITIES: Availability[] = ['available', 'busy', 'away'];
const LANGUAGES: Language[] = ['ko', 'en'];
const THEMES: Theme[] = ['light', 'dark', 'system'];

export class UpdateAgentDto {
  @ApiPropertyOptional({
    description: 'Name that users and colleagues see',
    example: 'Jimin Park',
    maxLength: 80,
  })
  @Optional()
  @Trimmed()
  @IsString()
  @MinLength(1)
  @MaxLength(80)
  name?: string;

  @ApiPropertyOptional({ description: 'Owners are made by owners only', enum: ROLES, example: 'admin' })
  @Optional()
  @IsIn(ROLES)
  role?: Role;
}

export class UpdateOwnProfileDto {
  @ApiPropertyOptional({
    description: 'Name that users and colleagues see',
    example: 'Jimin Park',
    maxLength: 80,
  })
  @Optional()
  @Trimmed()
  @IsString()
  @MinLength(1)
  @MaxLength(80)
  name?: string;

  @ApiPropertyOptional({
    description: 'Picture, https',
    type: String,
    nullable: true,
    maxLength: 1000,
    example: null,
  })
  @IsOptional()
  @HttpsUrlField()
  avatarUrl?: string | null;

  @ApiPropertyOptional({ description: 'Can you answer?', enum: AVAILABILITIES, example: 'busy' })
  @Optional()
  @IsIn(AVAILABILITIES)
  availability?: Availability;

  @ApiPropertyOptional({
    description: 'In your own words',
    type: String,
    nullable: true,
    maxLength: 120,
    example: 'Back at two',
  })
  @IsOptional()
  @Trimmed()
  @IsString()
  @MaxLength(120)
  statusText?: string | null;

  @ApiPropertyOptional({
    description: 'One emoji of the status',
    type: String,
    nullable: true,
    maxLength: 64,
    example: '🍜',
  })
  @IsOptional()
  @MaxLength(64)
  @IsEmoji()
  statusEmoji?: string | null;

  @ApiPropertyOptional({
    description: 'When the status ends; without it, a new status lasts until it is changed',
    type: String,
    nullable: true,
    maxLength: 40,
    example: '2099-12-31T09:00:00Z',
  })
  @IsOptional()
  @TimeField()
  statusExpiresAt?: string | null;

  @ApiPropertyOptional({
    description: "Of mails to you and of the dashboard; null: the organization's",
    enum: LANGUAGES,
    nullable: true,
    example: 'ko',
  })
  @IsOptional()
  @IsIn(LANGUAGES)
  language?: Language | null;

  @ApiPropertyOptional({
    description: "IANA time zone, of your quiet hours too; null: the organization's",
    type: String,
    nullable: true,
    maxLength: 64,
    example: 'Asia/Seoul',
  })
  @IsOptional()
  @MaxLength(64)
  @IsTimeZone()
  timeZone?: string | null;

  @ApiPropertyOptional({ description: 'Of the dashboard', enum: THEMES, example: 'dark' })
  @Optional()
  @IsIn(THEMES)
  theme?: Theme;
}

export function toOwnProfile({ statusExpiresAt, ...body }: UpdateOwnProfileDto): OwnProfile {
  return statusExpiresAt === undefined
    ? body
    : { ...body, statusExpiresAt: statusExpiresAt === null ? null : new Date(statusExpiresAt) };
}

export class SetPresenceDto {
  @ApiProperty({ description: 'Can you answer?', enum: AVAILABILITIES, example: 'busy' })
  @IsIn(AVAILABILITIES)
  availability: Availability;

  @ApiPropertyOptional({
    description: 'In your own words',
    type: String,
    nullable: true,
    maxLength: 120,
    example: null,
  })
  @IsOptional()
  @Trimmed()
  @IsString()
  @MaxLength(120)
  statusText?: string | null;
}

export class InviteDto {
  @ApiProperty({ description: 'Whom', example: 'minsu@shop.example', maxLength: 254 })
  @EmailField()
  email: string;

  @ApiProperty({ description: 'As what; owners are made by owners only', enum: ROLES, example: 'agent' })
  @IsIn(ROLES)
  role: Role;
}

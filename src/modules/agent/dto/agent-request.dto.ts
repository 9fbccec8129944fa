import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import { EmailField, HttpsUrlField, Optional, Trimmed } from '../../../common/http/dto-fields.js';
import type { Availability, Role } from '../../../contracts/tenants.js';

const ROLES: Role[] = ['owner', 'admin', 'agent', 'viewer'];
const AVAILABILITIES: Availability[] = ['available', 'busy', 'away'];

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

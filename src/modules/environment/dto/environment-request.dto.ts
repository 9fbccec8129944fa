import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
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
  Validate,
  ValidateNested,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';
import type { IdentityVerification, ModerationAction } from '../../../contracts/tenants.js';
import { Optional, Trimmed } from '../../../common/http/dto-fields.js';
import { originFrom } from '../environment.js';
import { OfficeHoursPatchDto } from './office-hours.dto.js';
import { WidgetSettingsPatchDto } from './widget-settings-patch.dto.js';

@ValidatorConstraint({ name: 'isOrigin' })
class IsOrigin implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && originFrom(value) !== null;
  }

  defaultMessage(): string {
    return 'must be origins such as https://shop.example';
  }
}

export class EnvironmentLimitsPatchDto {
  @ApiPropertyOptional({
    description: 'Messages per sender and minute',
    example: 60,
    minimum: 1,
    maximum: 6000,
  })
  @Optional()
  @IsInt()
  @Min(1)
  @Max(6000)
  messagesPerMinute?: number;

  @ApiPropertyOptional({
    description: 'The same for anonymous visitors',
    example: 20,
    minimum: 1,
    maximum: 6000,
  })
  @Optional()
  @IsInt()
  @Min(1)
  @Max(6000)
  anonymousMessagesPerMinute?: number;

  @ApiPropertyOptional({
    description: 'Typing starts per sender and minute',
    example: 10,
    minimum: 1,
    maximum: 600,
  })
  @Optional()
  @IsInt()
  @Min(1)
  @Max(600)
  typingPerMinute?: number;
}

export class ModerationPatchDto {
  @ApiPropertyOptional({
    description:
      'Replaces all. What users may not say, whatever the case; whole words where a script sets spaces',
    example: ['spam'],
    maxItems: 200,
  })
  @Optional()
  @IsArray()
  @ArrayMaxSize(200)
  @IsString({ each: true })
  @MaxLength(100, { each: true })
  @Matches(/\S/, { each: true, message: 'must not be empty' })
  bannedWords?: string[];

  @ApiPropertyOptional({
    description:
      "What becomes of a user's message with one of them in it: refused, or held until an agent has approved it. " +
      'Subjects and edits are refused in any case',
    enum: ['refuse', 'hold'],
    example: 'hold',
  })
  @Optional()
  @IsIn(['refuse', 'hold'])
  action?: ModerationAction;
}

export class FileSettingsPatchDto {
  @ApiPropertyOptional({
    type: Number,
    nullable: true,
    description: 'Of a file that a user or partner uploads; null: as many as the installation takes',
    example: 5_242_880,
    minimum: 1_024,
    maximum: 1_048_576_000,
  })
  @IsOptional()
  @IsInt()
  @Min(1_024)
  @Max(1_048_576_000)
  maxBytes?: number | null;
}

export class EnvironmentSettingsPatchDto {
  @ApiPropertyOptional({ description: 'Look and words of the widget', type: WidgetSettingsPatchDto })
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => WidgetSettingsPatchDto)
  widget?: WidgetSettingsPatchDto;

  @ApiPropertyOptional({ description: 'Limits per sender', type: EnvironmentLimitsPatchDto })
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => EnvironmentLimitsPatchDto)
  limits?: EnvironmentLimitsPatchDto;

  @ApiPropertyOptional({
    description: 'Fetch the pages behind links in messages, to show what they are',
    example: true,
  })
  @Optional()
  @IsBoolean()
  linkPreviews?: boolean;

  @ApiPropertyOptional({ description: 'What users may not say', type: ModerationPatchDto })
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => ModerationPatchDto)
  moderation?: ModerationPatchDto;

  @ApiPropertyOptional({ description: 'What files may be', type: FileSettingsPatchDto })
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => FileSettingsPatchDto)
  files?: FileSettingsPatchDto;

  @ApiPropertyOptional({ description: 'When somebody is there to answer', type: OfficeHoursPatchDto })
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => OfficeHoursPatchDto)
  officeHours?: OfficeHoursPatchDto;
}

class EnvironmentFieldsDto {
  @ApiPropertyOptional({
    description: 'Sites that may show the widget; empty means any',
    example: ['https://shop.example'],
    maxItems: 50,
  })
  @Optional()
  @IsArray()
  @ArrayMaxSize(50)
  @MaxLength(300, { each: true })
  @Validate(IsOrigin, { each: true })
  @Transform(({ value }: { value: unknown }) => toOrigins(value))
  allowedOrigins?: string[];

  @ApiPropertyOptional({
    description: 'Must a member id be proven?',
    enum: ['off', 'optional', 'required'],
    example: 'required',
  })
  @Optional()
  @IsIn(['off', 'optional', 'required'])
  identityVerification?: IdentityVerification;

  @ApiPropertyOptional({ description: 'Only what is named changes', type: EnvironmentSettingsPatchDto })
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => EnvironmentSettingsPatchDto)
  settings?: EnvironmentSettingsPatchDto;
}

export class UpdateEnvironmentDto extends EnvironmentFieldsDto {
  @ApiPropertyOptional({ description: 'Name', example: 'staging', maxLength: 60 })
  @Optional()
  @Trimmed()
  @IsString()
  @MinLength(1)
  @MaxLength(60)
  name?: string;
}

export class CreateEnvironmentDto extends EnvironmentFieldsDto {
  @ApiProperty({ description: 'Name', example: 'staging', maxLength: 60 })
  @Trimmed()
  @IsString()
  @MinLength(1)
  @MaxLength(60)
  name: string;
}

/** One spelling each; what is none stays as it is and is refused by the validation. */
function toOrigins(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return [
    ...new Set(value.map((item: unknown) => (typeof item === 'string' ? (originFrom(item) ?? item) : item))),
  ];
}

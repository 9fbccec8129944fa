import { ApiProperty, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import type {
  NotificationSettings,
  QuietHours,
  SupportNotifications,
  TeamNotifications,
} from '../../../contracts/tenants.js';

const SUPPORT: SupportNotifications[] = ['all', 'mine', 'mentions', 'none'];
const TEAM: TeamNotifications[] = ['all', 'mentions', 'none'];
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

export class QuietHoursDto implements QuietHours {
  @ApiProperty({ description: 'Are there any?', example: true })
  @IsBoolean()
  enabled: boolean;

  @ApiProperty({ description: 'When they begin, `HH:mm`', pattern: TIME.source, example: '22:00' })
  @Matches(TIME, { message: 'must be a time such as 22:00' })
  from: string;

  @ApiProperty({
    description: 'When they end, maybe on the next day; as they begin: a whole day',
    pattern: TIME.source,
    example: '08:00',
  })
  @Matches(TIME, { message: 'must be a time such as 08:00' })
  to: string;

  @ApiProperty({
    description: 'The days on which they begin; 0 is Sunday',
    type: [Number],
    minimum: 0,
    maximum: 6,
    example: [1, 2, 3, 4, 5],
  })
  @IsArray()
  @ArrayMaxSize(7)
  @ArrayUnique()
  @IsInt({ each: true })
  @Min(0, { each: true })
  @Max(6, { each: true })
  days: number[];
}

export class NotificationSettingsDto implements NotificationSettings {
  @ApiProperty({
    description: 'Of support: `mine` is what is assigned to you or to nobody, and where you have written',
    enum: SUPPORT,
    example: 'mine',
  })
  @IsIn(SUPPORT)
  support: SupportNotifications;

  @ApiProperty({
    description: 'Of what you belong to; `mentions` includes direct messages',
    enum: TEAM,
    example: 'all',
  })
  @IsIn(TEAM)
  team: TeamNotifications;

  @ApiProperty({ description: 'By push to your devices, while you are away', example: true })
  @IsBoolean()
  push: boolean;

  @ApiProperty({ description: 'By e-mail, while you are away', example: true })
  @IsBoolean()
  email: boolean;

  @ApiProperty({ description: 'Does the dashboard make a sound?', example: true })
  @IsBoolean()
  sound: boolean;

  @ApiProperty({ description: 'Does the dashboard show it on the desktop?', example: true })
  @IsBoolean()
  desktop: boolean;

  @ApiProperty({ description: 'When there is silence', type: QuietHoursDto })
  @IsObject()
  @ValidateNested()
  @Type(() => QuietHoursDto)
  quietHours: QuietHoursDto;
}

export class UpdateNotificationSettingsDto extends PartialType(NotificationSettingsDto, {
  skipNullProperties: false,
}) {}

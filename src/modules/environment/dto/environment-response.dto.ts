import { ApiExtraModels, ApiProperty } from '@nestjs/swagger';
import { NextCursorField } from '../../../common/http/page.js';
import type {
  EnvironmentLimits,
  EnvironmentSettings,
  EnvironmentView,
  FileSettings,
  IdentityVerification,
  ModerationAction,
  ModerationSettings,
} from '../../../contracts/tenants.js';
import type { Environment } from '../environment.js';
import { OfficeHoursDto, OfficeHoursViewDto, toOfficeHoursView } from './office-hours.dto.js';
import { toWidgetView, WidgetSettingsDto } from './widget-settings.dto.js';

export class EnvironmentLimitsDto implements EnvironmentLimits {
  @ApiProperty({ description: 'Messages per sender and minute', example: 60 })
  messagesPerMinute: number;

  @ApiProperty({ description: 'Messages per anonymous visitor and minute', example: 20 })
  anonymousMessagesPerMinute: number;

  @ApiProperty({ description: 'Typing starts per sender and minute', example: 10 })
  typingPerMinute: number;
}

export class ModerationSettingsDto implements ModerationSettings {
  @ApiProperty({ description: 'What users may not say', example: ['spam'] })
  bannedWords: string[];

  @ApiProperty({
    description: "What becomes of a user's message with one of them in it",
    enum: ['refuse', 'hold'],
    example: 'refuse',
  })
  action: ModerationAction;
}

export class FileSettingsDto implements FileSettings {
  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'Of a file that a user or partner uploads; null: as many as the installation takes',
    example: null,
  })
  maxBytes: number | null;
}

export class EnvironmentSettingsDto implements EnvironmentSettings {
  @ApiProperty({ description: 'Look and words of the widget', type: WidgetSettingsDto })
  widget: WidgetSettingsDto;

  @ApiProperty({ description: 'Limits per sender', type: EnvironmentLimitsDto })
  limits: EnvironmentLimitsDto;

  @ApiProperty({ description: 'Are the pages behind links fetched, to show what they are?', example: false })
  linkPreviews: boolean;

  @ApiProperty({ description: 'What users may not say', type: ModerationSettingsDto })
  moderation: ModerationSettingsDto;

  @ApiProperty({ description: 'What files may be', type: FileSettingsDto })
  files: FileSettingsDto;

  @ApiProperty({ description: 'When somebody is there to answer', type: OfficeHoursDto })
  officeHours: OfficeHoursDto;
}

/** With what a boot tells of the office hours. */
@ApiExtraModels(OfficeHoursViewDto)
export class EnvironmentDto implements EnvironmentView {
  @ApiProperty({ description: 'Opaque id', example: '019393a2-7c1e-7c5e-9f7e-0f2b6f1f7a11' })
  id: string;

  @ApiProperty({ description: 'Name', example: 'live' })
  name: string;

  @ApiProperty({ description: 'Public key of the widget', example: 'pk_yV3s0Zr1Qm9XcT4bN7aLkJ2e' })
  pluginKey: string;

  @ApiProperty({
    description: 'Sites that may show the widget; empty means any',
    example: ['https://shop.example'],
  })
  allowedOrigins: string[];

  @ApiProperty({
    description: 'Must a member id be proven?',
    enum: ['off', 'optional', 'required'],
    example: 'optional',
  })
  identityVerification: IdentityVerification;

  @ApiProperty({ description: 'Settings', type: EnvironmentSettingsDto })
  settings: EnvironmentSettingsDto;
}

export class EnvironmentPageDto {
  @ApiProperty({ description: 'Oldest first', type: [EnvironmentDto] })
  items: EnvironmentDto[];

  @NextCursorField()
  nextCursor: string | null;
}

export class IdentitySecretDto {
  @ApiProperty({
    description: 'Hex of 32 bytes, shown this once',
    example: '9f86d081884c7d659a2feaa0c55ad015...',
  })
  identitySecret: string;
}

export function toEnvironmentView(environment: Environment): EnvironmentView {
  const { id, name, pluginKey, allowedOrigins, identityVerification, settings } = environment;
  return { id, name, pluginKey, allowedOrigins, identityVerification, settings: toSettingsView(settings) };
}

function toSettingsView({
  widget,
  limits,
  linkPreviews,
  moderation,
  files,
  officeHours,
}: EnvironmentSettings): EnvironmentSettings {
  return {
    widget: toWidgetView(widget),
    limits: {
      messagesPerMinute: limits.messagesPerMinute,
      anonymousMessagesPerMinute: limits.anonymousMessagesPerMinute,
      typingPerMinute: limits.typingPerMinute,
    },
    linkPreviews,
    moderation: { bannedWords: moderation.bannedWords, action: moderation.action },
    files: { maxBytes: files.maxBytes },
    officeHours: toOfficeHoursView(officeHours),
  };
}

import { ApiProperty } from '@nestjs/swagger';
import type { OrganizationSettings, OrganizationView } from '../../../contracts/tenants.js';
import type { Organization } from '../organization.js';

export class OrganizationSettingsDto implements OrganizationSettings {
  @ApiProperty({ description: 'Language of mails to agents', enum: ['ko', 'en'], example: 'ko' })
  language: 'ko' | 'en';

  @ApiProperty({ description: 'IANA time zone', example: 'Asia/Seoul' })
  timeZone: string;
}

export class OrganizationDto implements OrganizationView {
  @ApiProperty({ description: 'Opaque id', example: '019393a2-7c1e-7c5e-9f7e-0f2b6f1f7a11' })
  id: string;

  @ApiProperty({ description: 'Name as people know it', example: 'Blue Bottle Seoul' })
  name: string;

  @ApiProperty({ description: 'Unique, fit for a URL', example: 'blue-bottle-seoul' })
  slug: string;

  @ApiProperty({ description: 'Settings of the whole organization', type: OrganizationSettingsDto })
  settings: OrganizationSettingsDto;

  @ApiProperty({ description: 'When it was made', example: '2026-11-20T09:00:00.000Z' })
  createdAt: string;
}

export function toOrganizationView({ id, name, slug, settings, createdAt }: Organization): OrganizationView {
  return {
    id,
    name,
    slug,
    settings: { language: settings.language, timeZone: settings.timeZone },
    createdAt: createdAt.toISOString(),
  };
}

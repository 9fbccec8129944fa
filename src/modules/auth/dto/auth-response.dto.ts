import { ApiProperty } from '@nestjs/swagger';
import type {
  MembershipView,
  MeView,
  OrganizationView,
  OwnAgentView,
  RegistrationView,
  Role,
  SessionView,
} from '../../../contracts/tenants.js';
import { schemaRef } from './schema-ref.js';

export class SessionDto implements SessionView {
  @ApiProperty({ description: 'Goes into `Authorization: Bearer`', example: 'eyJhbGciOiJIUzI1NiIs...' })
  accessToken: string;

  @ApiProperty({ description: 'For the next pair; good once', example: 'rt_8Jr1...' })
  refreshToken: string;

  @ApiProperty({ description: 'Seconds until the access token expires', example: 900 })
  expiresIn: number;

  @ApiProperty({ description: 'Who signed in', ...schemaRef('OwnAgentDto') })
  agent: OwnAgentView;

  @ApiProperty({ description: 'Where', ...schemaRef('OrganizationDto') })
  organization: OrganizationView;
}

export class FirstEnvironmentDto {
  @ApiProperty({ description: 'Opaque id', example: '019393a2-7c1e-7c5e-9f7e-0f2b6f1f7a11' })
  id: string;

  @ApiProperty({ description: 'Name', example: 'live' })
  name: string;

  @ApiProperty({ description: 'Public key of the widget', example: 'pk_yV3s0Zr1Qm9XcT4bN7aLkJ2e' })
  pluginKey: string;
}

export class RegistrationDto extends SessionDto implements RegistrationView {
  @ApiProperty({ description: 'To begin with', type: FirstEnvironmentDto })
  environment: FirstEnvironmentDto;
}

export class MembershipDto implements MembershipView {
  @ApiProperty({ description: 'Id of the organization', example: '019393a2-7c1e-7c5e-9f7e-0f2b6f1f7a11' })
  id: string;

  @ApiProperty({ description: 'Its name', example: 'Blue Bottle Seoul' })
  name: string;

  @ApiProperty({ description: 'Unique, fit for a URL', example: 'blue-bottle-seoul' })
  slug: string;

  @ApiProperty({
    description: 'Your role there',
    enum: ['owner', 'admin', 'agent', 'viewer'],
    example: 'owner',
  })
  role: Role;
}

export class MembershipPageDto {
  @ApiProperty({ description: 'Most recently used first', type: [MembershipDto] })
  items: MembershipDto[];

  @ApiProperty({
    description: 'Always the end: nobody has that many',
    type: String,
    nullable: true,
    example: null,
  })
  nextCursor: string | null;
}

export class MeDto implements MeView {
  @ApiProperty({ description: 'You', ...schemaRef('OwnAgentDto') })
  agent: OwnAgentView;

  @ApiProperty({ description: 'Where you are signed in', ...schemaRef('OrganizationDto') })
  organization: OrganizationView;

  @ApiProperty({ description: 'All that you belong to', type: [MembershipDto] })
  organizations: MembershipDto[];
}

import { ApiProperty } from '@nestjs/swagger';
import { NextCursorField } from '../../../common/http/page.js';
import type { PresenceStatus } from '../../../contracts/common.js';
import type {
  AgentPreferences,
  AgentView,
  Availability,
  Language,
  OwnAgentView,
  Role,
  Theme,
} from '../../../contracts/tenants.js';
import { statusAt, type Agent } from '../agent.js';

const ROLES: Role[] = ['owner', 'admin', 'agent', 'viewer'];

export class AgentDto implements AgentView {
  @ApiProperty({ description: 'Opaque id', example: '019393a2-7c1e-7c5e-9f7e-0f2b6f1f7a11' })
  id: string;

  @ApiProperty({ description: 'Name that users and colleagues see', example: 'Jimin Park' })
  name: string;

  @ApiProperty({ description: 'E-mail address of the account', example: 'jimin@shop.example' })
  email: string;

  @ApiProperty({ description: 'What the agent may do', enum: ROLES, example: 'agent' })
  role: Role;

  @ApiProperty({
    description: 'Picture',
    type: String,
    nullable: true,
    example: 'https://shop.example/jimin.png',
  })
  avatarUrl: string | null;

  @ApiProperty({
    description: 'What the agent says',
    enum: ['available', 'busy', 'away'],
    example: 'available',
  })
  availability: Availability;

  @ApiProperty({
    description: 'In their own words; nothing once it has expired',
    type: String,
    nullable: true,
    example: 'Back at two',
  })
  statusText: string | null;

  @ApiProperty({ description: 'One emoji of the status', type: String, nullable: true, example: '🍜' })
  statusEmoji: string | null;

  @ApiProperty({
    description: 'When the status ends; null: when it is changed',
    type: String,
    nullable: true,
    example: '2026-11-20T14:00:00.000Z',
  })
  statusExpiresAt: string | null;

  @ApiProperty({
    description: 'What the connections say',
    enum: ['online', 'away', 'offline', 'unknown'],
    example: 'online',
  })
  presence: PresenceStatus;
}

export class AgentPreferencesDto implements AgentPreferences {
  @ApiProperty({
    description: "Of mails and the dashboard; null: the organization's",
    enum: ['ko', 'en'],
    nullable: true,
    example: 'ko',
  })
  language: Language | null;

  @ApiProperty({
    description: "IANA time zone; null: the organization's",
    type: String,
    nullable: true,
    example: 'Asia/Seoul',
  })
  timeZone: string | null;

  @ApiProperty({ description: 'Of the dashboard', enum: ['light', 'dark', 'system'], example: 'system' })
  theme: Theme;
}

export class OwnAgentDto extends AgentDto implements OwnAgentView {
  @ApiProperty({ description: 'How you like it', type: AgentPreferencesDto })
  preferences: AgentPreferencesDto;
}

export class AgentPageDto {
  @ApiProperty({ description: 'Oldest first', type: [AgentDto] })
  items: AgentDto[];

  @NextCursorField()
  nextCursor: string | null;
}

export function toAgentView(agent: Agent, presence: PresenceStatus, now: Date): AgentView {
  const { statusText, statusEmoji, statusExpiresAt } = statusAt(agent, now);
  return {
    id: agent.id,
    name: agent.name,
    email: agent.email,
    role: agent.role,
    avatarUrl: agent.avatarUrl,
    availability: agent.availability,
    statusText,
    statusEmoji,
    statusExpiresAt: statusExpiresAt?.toISOString() ?? null,
    presence,
  };
}

export function toPreferences({ language, timeZone, theme }: Agent): AgentPreferences {
  return { language, timeZone, theme };
}

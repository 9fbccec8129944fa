import { ApiProperty } from '@nestjs/swagger';
import type { PresenceStatus } from '../../../contracts/common.js';
import type { AgentView, Availability, Role } from '../../../contracts/tenants.js';
import type { Agent } from '../agent.js';

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

  @ApiProperty({ description: 'In their own words', type: String, nullable: true, example: 'Back at two' })
  statusText: string | null;

  @ApiProperty({
    description: 'What the connections say',
    enum: ['online', 'away', 'offline', 'unknown'],
    example: 'online',
  })
  presence: PresenceStatus;
}

export class AgentPageDto {
  @ApiProperty({ description: 'Oldest first', type: [AgentDto] })
  items: AgentDto[];

  @ApiProperty({ description: 'For the next page', type: String, nullable: true, example: null })
  nextCursor: string | null;
}

export function toAgentView(agent: Agent, presence: PresenceStatus): AgentView {
  return {
    id: agent.id,
    name: agent.name,
    email: agent.email,
    role: agent.role,
    avatarUrl: agent.avatarUrl,
    availability: agent.availability,
    statusText: agent.statusText,
    presence,
  };
}

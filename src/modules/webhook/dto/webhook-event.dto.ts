import { ApiProperty } from '@nestjs/swagger';
import type { ConversationKind, ConversationPriority, ConversationStatus } from '../../../contracts/chat.js';
import type { PresenceStatus } from '../../../contracts/common.js';
import type { Availability } from '../../../contracts/tenants.js';
import type { UserIdentity, UserProfile } from '../../../contracts/users.js';
import type {
  WebhookAgent,
  WebhookConversation,
  WebhookPerformer,
  WebhookUser,
} from '../../../contracts/webhooks.js';

const ID = { description: 'Opaque id', example: '019393a2-7c1e-7c5e-9f7e-0f2b6f1f7a11' };
const CREATED = { description: 'When it began', example: '2026-11-27T09:00:00.000Z' };

export class WebhookPerformerDto implements WebhookPerformer {
  @ApiProperty({
    description:
      'A `bot` is a key of the company’s own, or a webhook that answers as one; `system`: by itself',
    enum: ['user', 'agent', 'bot', 'system'],
    example: 'agent',
  })
  type: WebhookPerformer['type'];

  @ApiProperty(ID)
  id: string;

  @ApiProperty({ description: 'As it was then', example: 'Jiwoo Park' })
  name: string;
}

class WebhookConversationUserDto {
  @ApiProperty(ID)
  id: string;

  @ApiProperty({ description: 'As agents see them', example: 'Kim Minji' })
  name: string;
}

export class WebhookConversationDto implements WebhookConversation {
  @ApiProperty(ID)
  id: string;

  @ApiProperty({ description: 'Always `support`', enum: ['support'], example: 'support' })
  kind: ConversationKind;

  @ApiProperty({
    description: 'As it is then',
    enum: ['open', 'pending', 'snoozed', 'resolved'],
    example: 'open',
  })
  status: ConversationStatus;

  @ApiProperty({ description: 'What it is about', type: String, nullable: true, example: 'Exchange' })
  subject: string | null;

  @ApiProperty({ description: 'Whose it is', type: WebhookConversationUserDto, nullable: true })
  user: WebhookConversationUserDto | null;

  @ApiProperty({ description: 'The agent who has it', type: String, nullable: true, example: null })
  assigneeId: string | null;

  @ApiProperty({ description: 'The team that has it', type: String, nullable: true, example: null })
  teamId: string | null;

  @ApiProperty({
    description: 'How urgent it is',
    enum: ['low', 'normal', 'high', 'urgent'],
    example: 'normal',
  })
  priority: ConversationPriority;

  @ApiProperty({ description: 'Labels', type: [String], example: ['refund'] })
  tags: string[];

  @ApiProperty({
    description: 'What the company put there',
    type: Object,
    additionalProperties: true,
    example: { order: 'A-1001' },
  })
  metadata: Record<string, unknown>;

  @ApiProperty({ description: 'Ties it to logs elsewhere', example: '019393a2-7c1e-7c5e-9f7e-0f2b6f1f7a15' })
  traceId: string;

  @ApiProperty(CREATED)
  createdAt: string;
}

export class WebhookUserDto implements WebhookUser {
  @ApiProperty(ID)
  id: string;

  @ApiProperty({ description: 'The company’s own id', type: String, nullable: true, example: 'member-1' })
  memberId: string | null;

  @ApiProperty({
    description: 'How far it is proven who they are',
    enum: ['anonymous', 'claimed', 'verified'],
    example: 'verified',
  })
  identity: UserIdentity;

  @ApiProperty({
    description: 'Name, ways to reach them, and attributes of the company’s own',
    type: Object,
    additionalProperties: true,
    example: { name: 'Kim Minji', email: null, phone: null, avatarUrl: null },
  })
  profile: UserProfile;

  @ApiProperty({ description: 'Labels', type: [String], example: ['vip'] })
  tags: string[];

  @ApiProperty({ description: 'Language tag', type: String, nullable: true, example: 'ko' })
  language: string | null;

  @ApiProperty({
    description: 'Since then what they write is refused',
    type: String,
    nullable: true,
    example: null,
  })
  blockedAt: string | null;

  @ApiProperty({
    description: 'When they agreed to what the widget asks them to agree to',
    type: String,
    nullable: true,
    example: null,
  })
  consentedAt: string | null;

  @ApiProperty(CREATED)
  createdAt: string;
}

export class WebhookAgentDto implements WebhookAgent {
  @ApiProperty(ID)
  id: string;

  @ApiProperty({ description: 'As others see it', example: 'Jiwoo Park' })
  name: string;

  @ApiProperty({
    description: 'What the connections say',
    enum: ['online', 'away', 'offline', 'unknown'],
    example: 'online',
  })
  presence: PresenceStatus;

  @ApiProperty({
    description: 'What they say of themselves',
    enum: ['available', 'busy', 'away'],
    example: 'available',
  })
  availability: Availability;

  @ApiProperty({ description: 'Of their status', type: String, nullable: true, example: '🏖️' })
  statusEmoji: string | null;

  @ApiProperty({ description: 'Of their status', type: String, nullable: true, example: 'Back on Monday' })
  statusText: string | null;
}

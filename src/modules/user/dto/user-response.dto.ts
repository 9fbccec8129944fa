import { ApiExtraModels, ApiProperty } from '@nestjs/swagger';
import { NextCursorField } from '../../../common/http/page.js';
import type { Page, PresenceStatus } from '../../../contracts/common.js';
import type {
  DeviceView,
  ErasureReceipt,
  PageView,
  UserIdentity,
  UserProfile,
  UserView,
} from '../../../contracts/users.js';

const NAME = 'Kim Minji';

export class UserProfileDto implements UserProfile {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'As the user or the company gave it',
    example: NAME,
  })
  name: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Where mails go',
    example: 'minji@customer.example',
  })
  email: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'As it was written',
    example: '+82 10-1234-5678',
  })
  phone: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'An https address',
    example: 'https://cdn.example/a.png',
  })
  avatarUrl: string | null;

  [attribute: string]: string | number | boolean | null;
}

export class PageViewDto implements PageView {
  @ApiProperty({ description: 'Its address', example: 'https://shop.example/cart' })
  url: string;

  @ApiProperty({ type: String, nullable: true, description: 'Its title', example: 'Your cart' })
  title: string | null;

  @ApiProperty({ description: 'Since when', example: '2026-11-20T09:12:00.000Z' })
  at: string;
}

export class DeviceDto implements DeviceView {
  @ApiProperty({ description: 'What it is', enum: ['desktop', 'mobile', 'tablet'], example: 'mobile' })
  kind: DeviceView['kind'];

  @ApiProperty({ type: String, nullable: true, description: 'As people call it', example: 'Chrome' })
  browser: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'As people call it', example: 'Android' })
  os: string | null;

  @ApiProperty({ description: 'Last start of the widget on it', example: '2026-11-20T09:12:00.000Z' })
  lastSeenAt: string;
}

@ApiExtraModels(UserProfileDto)
export class UserDto implements UserView {
  @ApiProperty({ description: 'Opaque', example: '019393a2-7c1e-7c5e-9f7e-0f2b6f1f7a11' })
  id: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: "The company's own id of the user",
    example: 'member-1042',
  })
  memberId: string | null;

  @ApiProperty({
    enum: ['anonymous', 'claimed', 'verified'],
    description: 'How far the user is believed to be who it says to be',
    example: 'verified',
  })
  identity: UserIdentity;

  @ApiProperty({
    type: 'object',
    properties: {
      name: { type: 'string', nullable: true },
      email: { type: 'string', nullable: true },
      phone: { type: 'string', nullable: true },
      avatarUrl: { type: 'string', nullable: true },
    },
    additionalProperties: { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }] },
    description: "The known fields and up to 50 flat attributes of the company's own",
    example: { name: NAME, email: 'minji@customer.example', phone: null, avatarUrl: null, plan: 'pro' },
  })
  profile: UserProfileDto;

  @ApiProperty({ type: [String], description: 'Labels by the company', example: ['vip'] })
  tags: string[];

  @ApiProperty({ type: String, nullable: true, description: 'BCP 47', example: 'ko-KR' })
  language: string | null;

  @ApiProperty({ description: 'Unread messages over all conversations, exact to 99, then 100', example: 2 })
  unread: number;

  @ApiProperty({
    enum: ['online', 'away', 'offline', 'unknown'],
    description: 'What the connections say',
    example: 'online',
  })
  presence: PresenceStatus;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Last time connected',
    example: '2026-11-20T09:12:00.000Z',
  })
  lastSeenAt: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Since then what they write is refused',
    example: null,
  })
  blockedAt: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'When they agreed to what the widget asks them to agree to',
    example: '2026-11-20T09:12:00.000Z',
  })
  consentedAt: string | null;

  @ApiProperty({
    type: PageViewDto,
    nullable: true,
    description: "Where on the company's site they were last",
  })
  page: PageViewDto | null;

  @ApiProperty({ type: [DeviceDto], maxItems: 5, description: 'The newest five, newest first' })
  devices: DeviceDto[];

  @ApiProperty({ description: 'First time seen', example: '2026-11-01T09:12:00.000Z' })
  createdAt: string;
}

export class UserPageDto implements Page<UserView> {
  @ApiProperty({ type: [UserDto], description: 'Newest first' })
  items: UserDto[];

  @NextCursorField()
  nextCursor: string | null;
}

export class ErasedDto {
  @ApiProperty({ description: 'Conversations that were removed', example: 3 })
  conversations: number;

  @ApiProperty({ description: 'Messages that were removed with them', example: 41 })
  messages: number;
}

export class ErasureReceiptDto implements ErasureReceipt {
  @ApiProperty({ description: 'Names this erasure', example: '019393a2-7c1e-7c5e-9f7e-0f2b6f1f7a11' })
  id: string;

  @ApiProperty({ description: 'Who is gone', example: '019393a2-7c1e-7c5e-9f7e-0f2b6f1f7a12' })
  userId: string;

  @ApiProperty({ description: 'When', example: '2026-11-20T09:12:00.000Z' })
  erasedAt: string;

  @ApiProperty({ type: ErasedDto, description: 'What went with the user' })
  erased: ErasedDto;
}

import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsObject, IsString, Matches, MaxLength, MinLength, ValidateNested } from 'class-validator';
import { Optional, TagsField } from '../../../common/http/dto-fields.js';
import { PageVisitDto } from '../../../common/http/page-visit.dto.js';
import type { OfficeHoursView, WidgetSettings } from '../../../contracts/tenants.js';
import type {
  BootEnvironment,
  BootRequest,
  BootView,
  UserProfile,
  UserView,
} from '../../../contracts/users.js';
import { schemaRef } from './schema-ref.js';

export class WidgetBootDto implements BootRequest {
  @ApiPropertyOptional({
    description: 'From an earlier boot: the same user again',
    example: 'eyJhbGciOi...',
    maxLength: 2000,
  })
  @Optional()
  @IsString()
  @MaxLength(2000)
  visitorToken?: string;

  @ApiPropertyOptional({
    description: "The company's own id of the customer",
    example: 'member-1042',
    maxLength: 200,
  })
  @Optional()
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  memberId?: string;

  @ApiPropertyOptional({
    description: 'Lowercase hex HMAC-SHA256 of `memberId`, made on your server with the identity secret',
    example: '5d41402abc4b2a76b9719d911017c592ae2f1c3b5d41402abc4b2a76b9719d91',
    maxLength: 200,
  })
  @Optional()
  @IsString()
  @MaxLength(200)
  memberHash?: string;

  @ApiPropertyOptional({
    description: 'HS256 JWT `{ memberId, exp }` signed with the identity secret, at most 10 minutes long',
    example: 'eyJhbGciOi...',
    maxLength: 2000,
  })
  @Optional()
  @IsString()
  @MaxLength(2000)
  memberToken?: string;

  @ApiPropertyOptional({
    description: 'Name, email, phone, avatarUrl and up to 50 flat attributes of your own',
    type: 'object',
    additionalProperties: true,
    example: { name: 'Minsu Kim', plan: 'pro' },
  })
  @Optional()
  @IsObject()
  profile?: Partial<UserProfile>;

  @ApiPropertyOptional({ description: 'Language tag', example: 'ko', maxLength: 35 })
  @Optional()
  @MaxLength(35)
  @Matches(/^[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*$/, { message: 'must be a language tag such as ko or en-US' })
  language?: string;

  @ApiPropertyOptional({ description: 'The page that the visitor is on', type: PageVisitDto })
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => PageVisitDto)
  page?: PageVisitDto;

  @TagsField('Added to those that the user has')
  tags?: string[];
}

class BootEnvironmentDto implements BootEnvironment {
  @ApiProperty({ description: 'Opaque id', example: '019393a2-7c1e-7c5e-9f7e-0f2b6f1f7a11' })
  id: string;

  @ApiProperty({ description: 'Name', example: 'live' })
  name: string;

  @ApiProperty({ description: 'Look and words of the widget', ...schemaRef('WidgetSettingsDto') })
  settings: WidgetSettings;

  @ApiProperty({ description: 'Is somebody there to answer now?', example: true })
  online: boolean;

  @ApiProperty({
    description: 'Where the office hours stand; null: there are none',
    nullable: true,
    ...schemaRef('OfficeHoursViewDto'),
  })
  officeHours: OfficeHoursView | null;

  @ApiProperty({ description: 'Of a file that the user uploads', example: 20_971_520 })
  maxFileBytes: number;
}

export class BootDto implements BootView {
  @ApiProperty({ description: 'Goes into `X-User-Token`', example: 'eyJhbGciOi...' })
  userToken: string;

  @ApiProperty({ description: 'Seconds until the user token expires; then boot again', example: 3600 })
  expiresIn: number;

  @ApiProperty({ description: 'To be kept by the page, for the next boot', example: 'eyJhbGciOi...' })
  visitorToken: string;

  @ApiProperty({ description: 'Who the visitor is', ...schemaRef('UserDto') })
  user: UserView;

  @ApiProperty({ description: 'Where', type: BootEnvironmentDto })
  environment: BootEnvironmentDto;

  @ApiProperty({ description: 'Unread messages, exact to 99, then 100', example: 0 })
  unread: number;
}

import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { Optional, Trimmed } from '../../../common/http/dto-fields.js';
import type { ConversationPriority, ConversationStatus } from '../../../contracts/chat.js';
import type { SavedViewFilter, SavedViewView } from '../../../contracts/tenants.js';
import type { SavedView } from '../saved-view.js';

const STATUSES: ConversationStatus[] = ['open', 'pending', 'snoozed', 'resolved'];
const PRIORITIES: ConversationPriority[] = ['low', 'normal', 'high', 'urgent'];
const EXAMPLE_ID = '019393a2-7c1e-7c5e-9f7e-0f2b6f1f7a11';
const NAME = { description: 'As you call it', example: 'My refunds', maxLength: 80 };
const POSITION = { description: 'Lists are in this order', example: 0, minimum: 0, maximum: 10_000 };

/** As the query of the list of conversations. */
export class SavedViewFilterDto implements SavedViewFilter {
  @ApiPropertyOptional({ description: 'Only with this status', enum: STATUSES, example: 'open' })
  @Optional()
  @IsIn(STATUSES)
  status?: ConversationStatus;

  @ApiPropertyOptional({ description: '`me`: whoever looks', example: 'me', maxLength: 64 })
  @Optional()
  @IsString()
  @MaxLength(64)
  assigneeId?: string;

  @ApiPropertyOptional({ description: 'Only those that nobody has', example: false })
  @Optional()
  @IsBoolean()
  unassigned?: boolean;

  @ApiPropertyOptional({ description: 'Only of this team', example: EXAMPLE_ID, maxLength: 64 })
  @Optional()
  @IsString()
  @MaxLength(64)
  teamId?: string;

  @ApiPropertyOptional({ description: 'Only with this tag', example: 'refund', maxLength: 50 })
  @Optional()
  @IsString()
  @MaxLength(50)
  tag?: string;

  @ApiPropertyOptional({ description: 'Only so urgent', enum: PRIORITIES, example: 'high' })
  @Optional()
  @IsIn(PRIORITIES)
  priority?: ConversationPriority;

  @ApiPropertyOptional({ description: 'Only of this environment', example: EXAMPLE_ID, maxLength: 64 })
  @Optional()
  @IsString()
  @MaxLength(64)
  environmentId?: string;

  @ApiPropertyOptional({ description: 'Parts of the subject or of a name', example: '교환', maxLength: 100 })
  @Optional()
  @IsString()
  @MaxLength(100)
  query?: string;
}

export class CreateSavedViewDto {
  @ApiProperty(NAME)
  @Trimmed()
  @IsString()
  @MinLength(1)
  @MaxLength(80)
  name: string;

  @ApiProperty({ description: 'What it shows', type: SavedViewFilterDto })
  @IsObject()
  @ValidateNested()
  @Type(() => SavedViewFilterDto)
  filter: SavedViewFilterDto;

  @ApiPropertyOptional({ ...POSITION, description: 'Lists are in this order; without it, at the end' })
  @Optional()
  @IsInt()
  @Min(0)
  @Max(10_000)
  position?: number;
}

export class UpdateSavedViewDto {
  @ApiPropertyOptional(NAME)
  @Optional()
  @Trimmed()
  @IsString()
  @MinLength(1)
  @MaxLength(80)
  name?: string;

  @ApiPropertyOptional({ description: 'What it shows from now on', type: SavedViewFilterDto })
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => SavedViewFilterDto)
  filter?: SavedViewFilterDto;

  @ApiPropertyOptional(POSITION)
  @Optional()
  @IsInt()
  @Min(0)
  @Max(10_000)
  position?: number;
}

export class SavedViewDto implements SavedViewView {
  @ApiProperty({ description: 'Opaque id', example: EXAMPLE_ID })
  id: string;

  @ApiProperty(NAME)
  name: string;

  @ApiProperty({ description: 'What it shows', type: SavedViewFilterDto })
  filter: SavedViewFilterDto;

  @ApiProperty(POSITION)
  position: number;
}

export class SavedViewPageDto {
  @ApiProperty({ description: 'All of yours, in their order', type: [SavedViewDto] })
  items: SavedViewDto[];

  @ApiProperty({ description: 'Always null', type: String, nullable: true, example: null })
  nextCursor: string | null;
}

export function toSavedViewView({ id, name, filter, position }: SavedView): SavedViewView {
  return { id, name, filter, position };
}

import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { HttpsUrlField, Optional, Trimmed } from '../../../common/http/dto-fields.js';
import type { PreChatField, ReplyTime, Theme } from '../../../contracts/tenants.js';

export const THEMES: Theme[] = ['light', 'dark', 'system'];
export const REPLY_TIMES: ReplyTime[] = ['minutes', 'hours', 'day'];
export const PRE_CHAT_KEYS: PreChatField['key'][] = ['name', 'email', 'phone'];

export class GreetingPatchDto {
  @ApiPropertyOptional({ description: 'In Korean', example: '무엇을 도와드릴까요?', maxLength: 500 })
  @Optional()
  @IsString()
  @MaxLength(500)
  ko?: string;

  @ApiPropertyOptional({ description: 'In English', example: 'How can we help?', maxLength: 500 })
  @Optional()
  @IsString()
  @MaxLength(500)
  en?: string;

  @ApiPropertyOptional({ description: 'In Japanese', example: 'ご用件をお聞かせください。', maxLength: 500 })
  @Optional()
  @IsString()
  @MaxLength(500)
  ja?: string;
}

export class SpacingPatchDto {
  @ApiPropertyOptional({
    description: 'From the side of the page, in pixels',
    example: 20,
    minimum: 0,
    maximum: 200,
  })
  @Optional()
  @IsInt()
  @Min(0)
  @Max(200)
  side?: number;

  @ApiPropertyOptional({
    description: 'From the bottom of the page, in pixels',
    example: 80,
    minimum: 0,
    maximum: 200,
  })
  @Optional()
  @IsInt()
  @Min(0)
  @Max(200)
  bottom?: number;
}

export class ConsentTextPatchDto {
  @ApiPropertyOptional({ description: 'In Korean', example: '개인정보 수집에 동의합니다.', maxLength: 1000 })
  @Optional()
  @IsString()
  @MaxLength(1000)
  ko?: string;

  @ApiPropertyOptional({ description: 'In English', example: 'I agree to be contacted.', maxLength: 1000 })
  @Optional()
  @IsString()
  @MaxLength(1000)
  en?: string;

  @ApiPropertyOptional({
    description: 'In Japanese',
    example: '個人情報の利用に同意します。',
    maxLength: 1000,
  })
  @Optional()
  @IsString()
  @MaxLength(1000)
  ja?: string;
}

export class ConsentPatchDto {
  @ApiPropertyOptional({ description: 'Must a visitor agree before they write?', example: true })
  @Optional()
  @IsBoolean()
  required?: boolean;

  @ApiPropertyOptional({
    description: 'What they agree to; Markdown, for its links',
    type: ConsentTextPatchDto,
  })
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => ConsentTextPatchDto)
  text?: ConsentTextPatchDto;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'Of the privacy policy',
    example: 'https://shop.example/privacy',
    maxLength: 1000,
  })
  @IsOptional()
  @HttpsUrlField()
  url?: string | null;
}

export class PreChatFieldDto implements PreChatField {
  @ApiProperty({ description: 'What is asked for', enum: PRE_CHAT_KEYS, example: 'email' })
  @IsIn(PRE_CHAT_KEYS)
  key: PreChatField['key'];

  @ApiProperty({ description: 'Must it be filled in?', example: true })
  @IsBoolean()
  required: boolean;
}

export class PreChatPatchDto {
  @ApiPropertyOptional({ description: 'Is anything asked before the first conversation?', example: true })
  @Optional()
  @IsBoolean()
  enabled?: boolean;

  @ApiPropertyOptional({
    description: 'Replaces all. In the order in which they are asked for, each at most once',
    type: [PreChatFieldDto],
    maxItems: 3,
  })
  @Optional()
  @IsArray()
  @ArrayMaxSize(3)
  @ArrayUnique((field: Partial<PreChatField> | null) => field?.key, { message: 'must be named once each' })
  @ValidateNested({ each: true })
  @Type(() => PreChatFieldDto)
  fields?: PreChatFieldDto[];
}

export class WidgetSettingsPatchDto {
  @ApiPropertyOptional({ description: 'Main colour, `#rrggbb`', example: '#0f766e' })
  @Optional()
  @Matches(/^#[0-9a-fA-F]{6}$/, { message: 'must be a colour such as #2563eb' })
  color?: string;

  @ApiPropertyOptional({ description: 'Corner of the page', enum: ['left', 'right'], example: 'left' })
  @Optional()
  @IsIn(['left', 'right'])
  position?: 'left' | 'right';

  @ApiPropertyOptional({ description: 'Heading of the widget', example: 'Blue Bottle Seoul', maxLength: 60 })
  @Optional()
  @Trimmed()
  @IsString()
  @MinLength(1)
  @MaxLength(60)
  title?: string;

  @ApiPropertyOptional({ description: 'First words to a visitor', type: GreetingPatchDto })
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => GreetingPatchDto)
  greeting?: GreetingPatchDto;

  @ApiPropertyOptional({
    description: "Its colours; `system`: as the visitor's device has it",
    enum: THEMES,
    example: 'system',
  })
  @Optional()
  @IsIn(THEMES)
  theme?: Theme;

  @ApiPropertyOptional({ description: 'How far the button is from the edges', type: SpacingPatchDto })
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => SpacingPatchDto)
  spacing?: SpacingPatchDto;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'Beside the picture on the button; null: the picture alone',
    example: 'Ask us',
    maxLength: 30,
  })
  @IsOptional()
  @Trimmed()
  @IsString()
  @MinLength(1)
  @MaxLength(30)
  launcherText?: string | null;

  @ApiPropertyOptional({
    nullable: true,
    description: 'How soon an answer usually comes; null: nothing is promised',
    enum: REPLY_TIMES,
    example: 'minutes',
  })
  @IsOptional()
  @IsIn(REPLY_TIMES)
  replyTime?: ReplyTime | null;

  @ApiPropertyOptional({
    description: 'Ask a visitor where an answer can be sent, when nobody is there to give it?',
    example: true,
  })
  @Optional()
  @IsBoolean()
  askEmail?: boolean;

  @ApiPropertyOptional({
    description: 'Ask a visitor how content they are, once a conversation is resolved?',
    example: true,
  })
  @Optional()
  @IsBoolean()
  askRating?: boolean;

  @ApiPropertyOptional({ description: 'What a visitor agrees to', type: ConsentPatchDto })
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => ConsentPatchDto)
  consent?: ConsentPatchDto;

  @ApiPropertyOptional({
    description: 'What a visitor is asked before the first conversation',
    type: PreChatPatchDto,
  })
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => PreChatPatchDto)
  preChat?: PreChatPatchDto;
}

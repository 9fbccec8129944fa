import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { Optional } from '../../../common/http/dto-fields.js';
import { PrincipalRefDto } from '../../../common/http/principal-ref.dto.js';
import type { EditMessageBody, SyncPoint } from '../../../contracts/chat.js';
import { IsEmoji } from '../../../common/http/emoji.js';
import { CLIENT_ID, CLIENT_ID_RULE, CONTENT_UNITS, SaidDto } from './message.dto.js';

const MAX_CONVERSATIONS = 50;

export class ConversationRefDto {
  @IsString()
  @MaxLength(64)
  conversationId: string;
}

/** Over a socket a send is always repeatable. */
export class SocketSendDto extends SaidDto {
  @IsString()
  @MaxLength(64)
  conversationId: string;

  @IsString()
  @Matches(CLIENT_ID, CLIENT_ID_RULE)
  clientMessageId: string;
}

export class MessageRefDto extends ConversationRefDto {
  @IsString()
  @MaxLength(64)
  messageId: string;
}

export class SocketEditDto extends MessageRefDto implements EditMessageBody {
  @IsString()
  @MinLength(1)
  @MaxLength(CONTENT_UNITS)
  content: string;

  @Optional()
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => PrincipalRefDto)
  mentions?: PrincipalRefDto[];

  @Optional()
  @IsBoolean()
  mentionsAll?: boolean;
}

export class ReactDto extends MessageRefDto {
  @IsEmoji()
  emoji: string;

  @IsBoolean()
  on: boolean;
}

export class SyncPointDto implements SyncPoint {
  @IsString()
  @MaxLength(64)
  id: string;

  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  afterSeq: number;

  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  afterRev = 0;
}

export class SyncDto {
  @IsArray()
  @ArrayMaxSize(MAX_CONVERSATIONS)
  @ValidateNested({ each: true })
  @Type(() => SyncPointDto)
  conversations: SyncPointDto[];
}

export class ReadDto extends ConversationRefDto {
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  seq: number;
}

export class TypingDto extends ConversationRefDto {
  @IsBoolean()
  typing: boolean;
}

export class ViewingDto extends ConversationRefDto {
  @IsBoolean()
  viewing: boolean;
}

export class EmptyDto {}

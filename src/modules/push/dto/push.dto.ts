import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsObject, IsString, Matches, MaxLength, ValidateNested } from 'class-validator';
import type { PushKeyView, PushSubscriptionView } from '../../../contracts/tenants.js';
import type { PushSubscription } from '../push.js';

const EXAMPLE_KEY = 'BIIhBhxPl8l_oIytjcd2_EXqhvThRP9eEsCXrJvoWXKKrsPQEAbR_6TId--45IP5ST_KOSgyq2WkNAOoDPdR9Mk';

export class PushKeyDto implements PushKeyView {
  @ApiProperty({ description: 'For `applicationServerKey` of a browser', example: EXAMPLE_KEY })
  publicKey: string;
}

export class PushSubscriptionKeysDto {
  @ApiProperty({
    description: 'The public key of the browser, base64url',
    maxLength: 90,
    example: EXAMPLE_KEY,
  })
  @IsString()
  @MaxLength(90)
  @Matches(/^[\w-]{87}=?$/, { message: 'must be 65 bytes in base64url' })
  p256dh: string;

  @ApiProperty({ description: 'Its secret, base64url', maxLength: 26, example: 'XQ1VJyPqbq0wPTvZ8mxCXQ' })
  @IsString()
  @MaxLength(26)
  @Matches(/^[\w-]{22}(==)?$/, { message: 'must be 16 bytes in base64url' })
  auth: string;
}

/** As a browser's `PushSubscription.toJSON()` says it. */
export class SubscribePushDto {
  @ApiProperty({
    description: 'Where the push service of the browser takes pushes, https',
    maxLength: 2000,
    example: 'https://updates.push.services.mozilla.com/wpush/v2/gAAAAABm',
  })
  @IsString()
  @MaxLength(2000)
  @Matches(/^https?:\/\/\S+$/, { message: 'must be an https address' })
  endpoint: string;

  @ApiProperty({ description: 'What pushes are encrypted with', type: PushSubscriptionKeysDto })
  @IsObject()
  @ValidateNested()
  @Type(() => PushSubscriptionKeysDto)
  keys: PushSubscriptionKeysDto;
}

export class PushSubscriptionDto implements PushSubscriptionView {
  @ApiProperty({ description: 'Its id', example: '019393a2-7c1e-7c5e-9f7e-0f2b6f1f7a11' })
  id: string;

  @ApiProperty({ description: 'When it was made', example: '2026-11-20T09:00:00.000Z' })
  createdAt: string;

  @ApiProperty({
    description: 'The browser, as it names itself',
    type: String,
    nullable: true,
    example: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  })
  userAgent: string | null;
}

export class PushSubscriptionPageDto {
  @ApiProperty({ description: 'Oldest first; all of them', type: [PushSubscriptionDto] })
  items: PushSubscriptionDto[];

  @ApiProperty({ description: 'Always null', type: String, nullable: true, example: null })
  nextCursor: string | null;
}

/** Without endpoint and keys: whoever has them can push to the device. */
export function toPushSubscriptionView({ id, createdAt, userAgent }: PushSubscription): PushSubscriptionView {
  return { id, createdAt: createdAt.toISOString(), userAgent };
}

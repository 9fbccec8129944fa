import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsString, Matches, Max, Min } from 'class-validator';
import type { AttachmentView } from '../../../contracts/chat.js';
import type { FileVariant } from '../file.js';

const EXAMPLE_ID = '019393a2-7c1e-7c5e-9f7e-0f2b6f1f7a11';
const EXAMPLE_LINK = `https://chat.example/v1/files/${EXAMPLE_ID}/content?variant=`;

/** The agents' own view, whose class is private to them. */
export const OWN_AGENT = { $ref: '#/components/schemas/OwnAgentDto' };

export class UploadDto {
  @ApiProperty({ type: 'string', format: 'binary', description: 'The file itself, at most 20 MB' })
  file: unknown;
}

export class FileDto implements AttachmentView {
  @ApiProperty({ description: 'Goes into `attachmentIds` of a message', example: EXAMPLE_ID })
  id: string;

  @ApiProperty({ description: 'Its name, made safe', example: 'receipt.png' })
  name: string;

  @ApiProperty({ description: 'What its first bytes show it to be', example: 'image/png' })
  mimeType: string;

  @ApiProperty({ description: 'Bytes', example: 20480 })
  size: number;

  @ApiProperty({
    description: 'Where it is, for ten minutes; ask for the file again to get a fresh link',
    example: `${EXAMPLE_LINK}original&expires=1795237200000&signature=k3`,
  })
  url: string;

  @ApiPropertyOptional({
    description: 'Of a picture: at most 480 pixels wide and high, for as long',
    example: `${EXAMPLE_LINK}thumbnail&expires=1795237200000&signature=h7`,
  })
  thumbnailUrl?: string;

  @ApiPropertyOptional({ description: 'Of a picture, in pixels', example: 1280 })
  width?: number;

  @ApiPropertyOptional({ description: 'Of a picture, in pixels', example: 960 })
  height?: number;
}

export class FileLinkDto {
  @ApiProperty({ enum: ['original', 'thumbnail'], description: 'Which picture', example: 'original' })
  @IsIn(['original', 'thumbnail'])
  variant: FileVariant;

  @ApiProperty({ description: 'Until when, in milliseconds since 1970', example: 1795237200000 })
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  expires: number;

  @ApiProperty({
    description: 'Proves that we made this link',
    example: 'kq3vXqk1cO6m0f1JwJ0Jm3m8bq0y2s4b9e7t5r3w1xA',
  })
  @IsString()
  @Matches(/^[\w-]{43}$/)
  signature: string;
}

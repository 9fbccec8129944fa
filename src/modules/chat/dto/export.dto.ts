import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { Optional } from '../../../common/http/dto-fields.js';

const FORMATS = ['json', 'text', 'html'] as const;
/** The last one is for whoever says nothing of it. */
export const EXPORT_LANGUAGES = ['ko', 'en'] as const;

export class ExportQueryDto {
  @ApiPropertyOptional({ enum: FORMATS, default: 'json', description: 'What kind of file', example: 'html' })
  @Optional()
  @IsIn(FORMATS)
  format: (typeof FORMATS)[number] = 'json';

  @ApiPropertyOptional({
    enum: EXPORT_LANGUAGES,
    description:
      'Of labels, dates and events in `text` and `html`; left out: as `Accept-Language`, else `en`',
    example: 'ko',
  })
  @Optional()
  @IsIn(EXPORT_LANGUAGES)
  language?: (typeof EXPORT_LANGUAGES)[number];
}

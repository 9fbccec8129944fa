import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { Optional } from '../../../common/http/dto-fields.js';

const FORMATS = ['json', 'text', 'html'] as const;

export class ExportQueryDto {
  @ApiPropertyOptional({ enum: FORMATS, default: 'json', description: 'What kind of file', example: 'html' })
  @Optional()
  @IsIn(FORMATS)
  format: (typeof FORMATS)[number] = 'json';
}

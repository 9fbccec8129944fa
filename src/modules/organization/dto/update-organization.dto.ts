import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsObject, IsString, IsTimeZone, MaxLength, MinLength, ValidateNested } from 'class-validator';
import { Optional, Trimmed } from '../../../common/http/dto-fields.js';

export class OrganizationSettingsPatchDto {
  @ApiPropertyOptional({ description: 'Language of mails to agents', enum: ['ko', 'en'], example: 'en' })
  @Optional()
  @IsIn(['ko', 'en'])
  language?: 'ko' | 'en';

  @ApiPropertyOptional({ description: 'IANA time zone', example: 'Asia/Tokyo', maxLength: 64 })
  @Optional()
  @MaxLength(64)
  @IsTimeZone()
  timeZone?: string;
}

export class UpdateOrganizationDto {
  @ApiPropertyOptional({ description: 'Name as people know it', example: 'Blue Bottle Korea', maxLength: 80 })
  @Optional()
  @Trimmed()
  @IsString()
  @MinLength(1)
  @MaxLength(80)
  name?: string;

  @ApiPropertyOptional({ description: 'Only what is named changes', type: OrganizationSettingsPatchDto })
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => OrganizationSettingsPatchDto)
  settings?: OrganizationSettingsPatchDto;
}

import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsString, MaxLength, ValidateNested } from 'class-validator';
import type { PrincipalRef } from '../../../contracts/common.js';

export class PrincipalRefDto implements PrincipalRef {
  @IsIn(['agent', 'user'])
  type: 'agent' | 'user';

  @IsString()
  @MaxLength(64)
  id: string;
}

export class WatchPresenceDto {
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => PrincipalRefDto)
  principals: PrincipalRefDto[];
}

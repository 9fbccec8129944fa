import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, ValidateNested } from 'class-validator';
import { PrincipalRefDto } from '../../../common/http/principal-ref.dto.js';

export class WatchPresenceDto {
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => PrincipalRefDto)
  principals: PrincipalRefDto[];
}

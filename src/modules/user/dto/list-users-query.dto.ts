import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { Optional } from '../../../common/http/dto-fields.js';
import { PageQueryDto } from '../../../common/http/page.js';

export class EnvironmentQueryDto {
  @ApiPropertyOptional({
    description: 'Agents: act in this environment',
    example: '019393a2-7c1e-7c5e-9f7e-0f2b6f1f7a11',
  })
  @Optional()
  @IsString()
  @MaxLength(64)
  environmentId?: string;
}

export class ListUsersQueryDto extends PageQueryDto {
  @ApiPropertyOptional({
    description: 'Parts of name, e-mail, phone or member id, in any language',
    example: 'min',
  })
  @Optional()
  @IsString()
  @MaxLength(100)
  query?: string;

  @ApiPropertyOptional({
    description: 'Agents: only this environment',
    example: '019393a2-7c1e-7c5e-9f7e-0f2b6f1f7a11',
  })
  @Optional()
  @IsString()
  @MaxLength(64)
  environmentId?: string;
}

import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsString, MaxLength } from 'class-validator';
import type { PrincipalRef } from '../../contracts/common.js';

export class PrincipalRefDto implements PrincipalRef {
  @ApiProperty({ enum: ['agent', 'user'], description: 'What kind of person', example: 'agent' })
  @IsIn(['agent', 'user'])
  type: 'agent' | 'user';

  @ApiProperty({ description: 'Their id', example: '019393a2-7c1e-7c5e-9f7e-0f2b6f1f7a11' })
  @IsString()
  @MaxLength(64)
  id: string;
}

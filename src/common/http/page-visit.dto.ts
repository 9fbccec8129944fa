import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  IsOptional,
  IsString,
  MaxLength,
  Validate,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';
import type { PageVisit } from '../../contracts/users.js';
import { Trimmed } from './dto-fields.js';

/** Agents follow it: no scheme that would do anything else than open a page. */
@ValidatorConstraint({ name: 'isPageUrl' })
class IsPageUrl implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    if (typeof value !== 'string' || !URL.canParse(value)) return false;
    return ['https:', 'http:'].includes(new URL(value).protocol);
  }

  defaultMessage(): string {
    return 'must be the address of a page';
  }
}

export class PageVisitDto implements PageVisit {
  @ApiProperty({ description: 'Its address', example: 'https://shop.example/cart', maxLength: 2000 })
  @IsString()
  @MaxLength(2000)
  @Validate(IsPageUrl)
  url: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'Its title',
    example: 'Your cart',
    maxLength: 300,
  })
  @IsOptional()
  @Trimmed()
  @IsString()
  @MaxLength(300)
  title?: string | null;
}

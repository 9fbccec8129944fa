import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsObject, IsOptional, IsString, MaxLength } from 'class-validator';
import { Optional } from '../../../common/http/dto-fields.js';

/** The names and values inside are checked by the rules of profiles (user-profile.ts). */
export function ProfileField(): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({
      type: 'object',
      additionalProperties: true,
      description:
        '`name`, `email`, `phone`, `avatarUrl` and up to 50 flat attributes; what is left out stays, null takes away',
      example: { name: 'Kim Minji', email: 'minji@customer.example', plan: 'pro' },
    }),
    Optional(),
    IsObject(),
  );
}

export function LanguageField(): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({
      type: String,
      nullable: true,
      maxLength: 35,
      description: 'BCP 47',
      example: 'ko',
    }),
    IsOptional(),
    IsString(),
    MaxLength(35),
  );
}

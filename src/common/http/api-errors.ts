import {
  ApiExtraModels,
  ApiProperty,
  ApiPropertyOptional,
  ApiResponse,
  getSchemaPath,
} from '@nestjs/swagger';
import type { FieldFault, WireError } from '../../contracts/common.js';

export class FieldFaultDto implements FieldFault {
  @ApiProperty({
    description: 'Dotted, into the body or the query; empty: all of it',
    example: 'profile.email',
  })
  path: string;

  @ApiProperty({ description: 'What it has to be', example: 'is too long' })
  message: string;
}

@ApiExtraModels(FieldFaultDto)
export class ErrorDto implements WireError {
  @ApiProperty({ description: 'Stable code, `area.reason`', example: 'common.validation_failed' })
  code: string;

  @ApiProperty({ description: 'Fit for people', example: 'Some of what was sent is not valid.' })
  message: string;

  @ApiPropertyOptional({
    description: 'More of it: the faults by path when something was not valid, else whatever there is to say',
    oneOf: [
      { type: 'array', items: { $ref: getSchemaPath(FieldFaultDto) } },
      { type: 'object', additionalProperties: true },
    ],
    example: [{ path: 'name', message: 'is too long' }],
  })
  details?: unknown;

  @ApiProperty({
    description: 'Names this request in the logs',
    example: '019393a2-7c1e-7c5e-9f7e-0f2b6f1f7a11',
  })
  requestId: string;

  @ApiPropertyOptional({ description: 'The same request may succeed later', example: true })
  retryable?: boolean;

  @ApiPropertyOptional({ description: 'Wait this long before trying again', example: 1200 })
  retryAfterMs?: number;
}

const STATUS_OF: Record<string, number> = {
  'common.validation_failed': 400,
  'auth.unauthenticated': 401,
  'auth.invalid_credentials': 401,
  'auth.token_expired': 401,
  'auth.token_reused': 401,
  'auth.identity_proof_required': 401,
  'auth.forbidden': 403,
  'auth.origin_not_allowed': 403,
  'common.conflict': 409,
  'chat.idempotency_conflict': 409,
  'chat.message_deleted': 409,
  'chat.message_streaming': 409,
  'chat.not_sender': 403,
  'chat.thread_in_thread': 409,
  'chat.too_many_changes': 409,
  'chat.too_many_reactions': 409,
  'chat.conversation_archived': 409,
  'chat.wrong_kind': 409,
  'chat.blocked': 403,
  'chat.consent_required': 403,
  'chat.slow_mode': 429,
  'chat.not_participant': 403,
  'files.link_expired': 403,
  'files.already_attached': 409,
  'team.name_taken': 409,
  'team.too_many': 409,
  'view.too_many': 409,
  'reply.shortcut_taken': 409,
  'reply.too_many': 409,
  'webhook.too_many': 409,
  'webhook.disabled': 409,
  'common.payload_too_large': 413,
  'files.unsupported_type': 415,
  'common.rate_limited': 429,
  'common.unavailable': 503,
};

const NAMED = Symbol('named-errors');
/** Also of a route that answers with something else. */
const ERROR = { 'application/json': { schema: { $ref: getSchemaPath(ErrorDto) } } };

/**
 * Names error codes of a route in the OpenAPI document, besides those that its other decorators bring along:
 * `Access` those of who may not, limits `common.rate_limited`. `<area>.not_found` is 404.
 */
export function ApiErrors(...codes: string[]): MethodDecorator {
  return (target, key, descriptor) => {
    const handler = descriptor.value as object;
    const named = (Reflect.getMetadata(NAMED, handler) as string[] | undefined) ?? [];
    const added = codes.filter((code) => !named.includes(code));
    Reflect.defineMetadata(NAMED, [...named, ...added], handler);
    ApiExtraModels(ErrorDto)(target, key, descriptor);
    for (const [status, alike] of Map.groupBy(added, statusOf)) {
      const description = alike.map((code) => `\`${code}\``).join(', ');
      ApiResponse({ status, description, content: ERROR })(target, key, descriptor);
    }
  };
}

function statusOf(code: string): number {
  return STATUS_OF[code] ?? (code.endsWith('.not_found') ? 404 : 400);
}

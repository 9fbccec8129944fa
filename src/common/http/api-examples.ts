import type { Type } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';

/** Bodies that can be sent as they stand, where one with every field at once could not. The first is shown first. */
export function ApiExamples(type: Type, examples: Record<string, object>): MethodDecorator {
  const named = Object.entries(examples).map(([summary, value]) => [summary, { summary, value }] as const);
  return ApiBody({ type, examples: Object.fromEntries(named) });
}

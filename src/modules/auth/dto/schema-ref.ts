import type { ApiPropertyOptions } from '@nestjs/swagger';

/** Another domain's view, by its name in the OpenAPI document: its class is private to that domain. */
export function schemaRef(name: string): ApiPropertyOptions {
  return { type: 'object', allOf: [{ $ref: `#/components/schemas/${name}` }] } as ApiPropertyOptions;
}

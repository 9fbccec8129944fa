import { ApiProperty } from '@nestjs/swagger';
import type { DependencyHealth, Health } from './health.service.js';

export class DependencyHealthDto implements DependencyHealth {
  @ApiProperty({ enum: ['up', 'down'], description: 'Whether it answered in time', example: 'up' })
  state: 'up' | 'down';

  @ApiProperty({ description: 'How long the answer took', example: 1.2 })
  latencyMs: number;
}

export class DependenciesDto {
  @ApiProperty({ type: DependencyHealthDto, description: 'Tenants and accounts' })
  postgres: DependencyHealthDto;

  @ApiProperty({ type: DependencyHealthDto, description: 'Users, conversations, messages' })
  mongodb: DependencyHealthDto;

  @ApiProperty({
    type: DependencyHealthDto,
    description: 'May be away: then the service is degraded, not down',
  })
  redis: DependencyHealthDto;
}

export class HealthDto {
  @ApiProperty({
    enum: ['ok', 'degraded', 'down'],
    description: '`down` comes with status 503',
    example: 'ok',
  })
  status: Health['status'];

  @ApiProperty({ description: 'Seconds since this process started', example: 4711 })
  uptimeSeconds: number;

  @ApiProperty({ type: DependenciesDto, description: 'Each with its state' })
  dependencies: DependenciesDto;
}

export class LivenessDto {
  @ApiProperty({ enum: ['ok'], description: 'The process answers', example: 'ok' })
  status: 'ok';
}

export class ReadinessDto {
  @ApiProperty({
    enum: ['ok', 'degraded', 'down'],
    description: '`down` comes with status 503',
    example: 'ok',
  })
  status: Health['status'];

  @ApiProperty({ description: 'On its way out: takes nothing new', example: false })
  isClosing: boolean;
}

import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../common/access/access.js';
import { DependenciesDto, HealthDto, LivenessDto, ReadinessDto } from './health.dto.js';
import { HealthService, type Health } from './health.service.js';

@ApiTags('Operations')
@Public()
@Controller('health')
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @Get()
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'How everything is' })
  @ApiOkResponse({ type: HealthDto })
  @ApiServiceUnavailableResponse({ type: HealthDto, description: 'Not fit for traffic' })
  async all(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthDto> {
    const { status, dependencies } = await this.answer(reply);
    return { status, uptimeSeconds: Math.round(process.uptime()), dependencies };
  }

  @Get('live')
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Does the process answer?',
    description: 'Asks no store: a restart would not heal one.',
  })
  @ApiOkResponse({ type: LivenessDto })
  live(): LivenessDto {
    return { status: 'ok' };
  }

  @Get('ready')
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Should it get traffic?',
    description: 'Still yes without Redis; no while it is closing.',
  })
  @ApiOkResponse({ type: ReadinessDto })
  @ApiServiceUnavailableResponse({ type: ReadinessDto, description: 'Not now' })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadinessDto> {
    const { status, isClosing } = await this.answer(reply);
    return { status, isClosing };
  }

  @Get('db')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Each database with its state and latency' })
  @ApiOkResponse({ type: DependenciesDto })
  @ApiServiceUnavailableResponse({ type: DependenciesDto, description: 'One that is needed does not answer' })
  async databases(@Res({ passthrough: true }) reply: FastifyReply): Promise<DependenciesDto> {
    return (await this.answer(reply)).dependencies;
  }

  private async answer(reply: FastifyReply): Promise<Health> {
    const health = await this.health.read();
    void reply.status(health.status === 'down' ? 503 : 200);
    return health;
  }
}

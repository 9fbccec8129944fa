import { Module } from '@nestjs/common';
import { AgentModule } from '../modules/agent/agent.module.js';
import { EnvironmentModule } from '../modules/environment/environment.module.js';
import { DemoTenant } from './demo-tenant.js';

@Module({ imports: [AgentModule, EnvironmentModule], providers: [DemoTenant], exports: [DemoTenant] })
export class DemoModule {}

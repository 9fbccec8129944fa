import { Module } from '@nestjs/common';
import { AgentModule } from '../agent/agent.module.js';
import { AuthMailer } from './auth-mailer.js';
import { AuthModule } from './auth.module.js';
import { AuthUpkeep } from './auth-upkeep.js';
import { AuthProcessor } from './processors/auth.processor.js';

/** What the worker process does for sign-in. */
@Module({ imports: [AuthModule, AgentModule], providers: [AuthProcessor, AuthMailer, AuthUpkeep] })
export class AuthWorkerModule {}

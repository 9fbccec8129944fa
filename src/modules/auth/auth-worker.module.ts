import { Module } from '@nestjs/common';
import { AuthModule } from './auth.module.js';

/** What the worker process does for sign-in. */
@Module({ imports: [AuthModule] })
export class AuthWorkerModule {}

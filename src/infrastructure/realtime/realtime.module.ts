import { Global, Module } from '@nestjs/common';
import { RateLimits } from '../limits/rate-limits.js';
import { Handshake } from './handshake.js';
import { Realtime } from './realtime.js';

@Global()
@Module({ providers: [Realtime, Handshake, RateLimits], exports: [Realtime, RateLimits] })
export class RealtimeModule {}

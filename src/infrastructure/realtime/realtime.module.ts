import { Global, Module } from '@nestjs/common';
import { RateLimits } from '../limits/rate-limits.js';
import { Handshake } from './handshake.js';
import { PresenceStore } from './presence-store.js';
import { PresenceTracker } from './presence-tracker.js';
import { Realtime } from './realtime.js';

@Global()
@Module({
  providers: [Realtime, Handshake, RateLimits, PresenceStore, PresenceTracker],
  exports: [Realtime, RateLimits, PresenceStore, PresenceTracker],
})
export class RealtimeModule {}

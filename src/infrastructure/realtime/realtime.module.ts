import { Global, Module } from '@nestjs/common';
import { LoadShedder } from '../limits/load-shedder.js';
import { RateLimits } from '../limits/rate-limits.js';
import { BackPressure } from './back-pressure.js';
import { Handshake } from './handshake.js';
import { PresenceStore } from './presence-store.js';
import { PresenceTracker } from './presence-tracker.js';
import { Realtime } from './realtime.js';

@Global()
@Module({
  providers: [Realtime, Handshake, BackPressure, RateLimits, LoadShedder, PresenceStore, PresenceTracker],
  exports: [Realtime, RateLimits, LoadShedder, PresenceStore, PresenceTracker],
})
export class RealtimeModule {}

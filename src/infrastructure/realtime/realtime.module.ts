import { Global, Module } from '@nestjs/common';
import { LoadShedder } from '../limits/load-shedder.js';
import { RateLimits } from '../limits/rate-limits.js';
import { Turns } from '../limits/turns.js';
import { RedisWatch } from '../redis/redis-watch.js';
import { BackPressure } from './back-pressure.js';
import { DeliveryGate } from './delivery-gate.js';
import { Handshake } from './handshake.js';
import { PresenceStore } from './presence-store.js';
import { PresenceTracker } from './presence-tracker.js';
import { Realtime } from './realtime.js';
import { UnheardRooms } from './unheard-rooms.js';

@Global()
@Module({
  providers: [
    Realtime,
    DeliveryGate,
    UnheardRooms,
    RedisWatch,
    Handshake,
    BackPressure,
    RateLimits,
    Turns,
    LoadShedder,
    PresenceStore,
    PresenceTracker,
  ],
  exports: [
    Realtime,
    DeliveryGate,
    UnheardRooms,
    RedisWatch,
    RateLimits,
    Turns,
    LoadShedder,
    PresenceStore,
    PresenceTracker,
  ],
})
export class RealtimeModule {}

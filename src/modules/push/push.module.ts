import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { HttpFetchModule } from '../../infrastructure/http-fetch/http-fetch.module.js';
import { SecretKeeper } from '../../infrastructure/secrets/secret-keeper.js';
import { AuthModule } from '../auth/auth.module.js';
import { ForgetSessionListener } from './listeners/forget-session.listener.js';
import { PushKeyEntity } from './persistence/push-key.entity.js';
import { PushSubscriptionEntity } from './persistence/push-subscription.entity.js';
import { TypeormPushKeyRepository } from './persistence/typeorm-push-key.repository.js';
import { TypeormPushSubscriptionRepository } from './persistence/typeorm-push-subscription.repository.js';
import { PushController } from './push.controller.js';
import { PushKeyRepository } from './push-key.repository.js';
import { PushSender } from './push-sender.js';
import { PushService } from './push.service.js';
import { PushSubscriptionRepository } from './push-subscription.repository.js';
import { VapidKeys } from './vapid-keys.js';

@Module({
  imports: [TypeOrmModule.forFeature([PushSubscriptionEntity, PushKeyEntity]), HttpFetchModule, AuthModule],
  controllers: [PushController],
  providers: [
    PushService,
    PushSender,
    VapidKeys,
    SecretKeeper,
    ForgetSessionListener,
    { provide: PushSubscriptionRepository, useClass: TypeormPushSubscriptionRepository },
    { provide: PushKeyRepository, useClass: TypeormPushKeyRepository },
  ],
  exports: [PushService],
})
export class PushModule {}

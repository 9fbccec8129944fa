import { Global, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { TypeOrmModule } from '@nestjs/typeorm';
import { EventSink } from '../../common/events/event-sink.js';
import { HttpFetchModule } from '../../infrastructure/http-fetch/http-fetch.module.js';
import { registerQueue } from '../../infrastructure/queue/register-queue.js';
import { SecretKeeper } from '../../infrastructure/secrets/secret-keeper.js';
import { AgentModule } from '../agent/agent.module.js';
import { EnvironmentModule } from '../environment/environment.module.js';
import { OrganizationModule } from '../organization/organization.module.js';
import { DeliveryController } from './delivery.controller.js';
import { DeliveryRepository } from './delivery.repository.js';
import { DeliveryService } from './delivery.service.js';
import { TellPresenceListener } from './listeners/tell-presence.listener.js';
import { DELIVERIES, deliverySchema } from './persistence/delivery.schema.js';
import { MongoDeliveryRepository } from './persistence/mongo-delivery.repository.js';
import { TypeormWebhookRepository } from './persistence/typeorm-webhook.repository.js';
import { WebhookEntity } from './persistence/webhook.entity.js';
import { ToldPresence } from './told-presence.js';
import { WebhookController } from './webhook.controller.js';
import { WEBHOOK_QUEUE } from './webhook.jobs.js';
import { WebhookQueue } from './webhook-queue.js';
import { WebhookRepository } from './webhook.repository.js';
import { WebhookService } from './webhook.service.js';
import { WebhookSink } from './webhook-sink.js';
import { WebhookSubscriptions } from './webhook-subscriptions.js';

/** Global for the sink of events only: those that happen to the left of this module come to it by that port. */
@Global()
@Module({
  imports: [
    TypeOrmModule.forFeature([WebhookEntity]),
    MongooseModule.forFeature([{ name: DELIVERIES, schema: deliverySchema }]),
    registerQueue(WEBHOOK_QUEUE),
    HttpFetchModule,
    OrganizationModule,
    EnvironmentModule,
    AgentModule,
  ],
  controllers: [WebhookController, DeliveryController],
  providers: [
    WebhookService,
    DeliveryService,
    WebhookSubscriptions,
    WebhookQueue,
    TellPresenceListener,
    ToldPresence,
    SecretKeeper,
    { provide: EventSink, useClass: WebhookSink },
    { provide: WebhookRepository, useClass: TypeormWebhookRepository },
    { provide: DeliveryRepository, useClass: MongoDeliveryRepository },
  ],
  exports: [EventSink, WebhookService, WebhookRepository, DeliveryRepository, WebhookQueue],
})
export class WebhookModule {}

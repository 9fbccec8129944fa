import { Module } from '@nestjs/common';
import { HttpFetchModule } from '../../infrastructure/http-fetch/http-fetch.module.js';
import { RedisLocks } from '../../infrastructure/redis/redis-locks.js';
import { AgentModule } from '../agent/agent.module.js';
import { ChatModule } from '../chat/chat.module.js';
import { EnvironmentModule } from '../environment/environment.module.js';
import { OrganizationModule } from '../organization/organization.module.js';
import { UserModule } from '../user/user.module.js';
import { WebhookProcessor } from './processors/webhook.processor.js';
import { WebhookHealth } from './webhook-health.js';
import { WebhookModule } from './webhook.module.js';
import { WebhookNotices } from './webhook-notices.js';
import { WebhookReplies } from './webhook-replies.js';
import { WebhookRunner } from './webhook-runner.js';
import { WebhookSender } from './webhook-sender.js';
import { WebhookSweep } from './webhook-sweep.js';

/** Telling webhooks, in the worker process. */
@Module({
  imports: [
    WebhookModule,
    ChatModule,
    HttpFetchModule,
    EnvironmentModule,
    OrganizationModule,
    AgentModule,
    UserModule,
  ],
  providers: [
    WebhookRunner,
    WebhookSender,
    WebhookHealth,
    WebhookNotices,
    WebhookReplies,
    WebhookSweep,
    WebhookProcessor,
    RedisLocks,
  ],
})
export class WebhookWorkerModule {}

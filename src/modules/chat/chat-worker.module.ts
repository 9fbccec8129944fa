import { Module } from '@nestjs/common';
import { HttpFetchModule } from '../../infrastructure/http-fetch/http-fetch.module.js';
import { registerQueue } from '../../infrastructure/queue/register-queue.js';
import { AgentModule } from '../agent/agent.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { EnvironmentModule } from '../environment/environment.module.js';
import { PushModule } from '../push/push.module.js';
import { UserModule } from '../user/user.module.js';
import { AwayNotificationService } from './away-notification.service.js';
import { CHAT_QUEUE } from './chat.jobs.js';
import { ChatModule } from './chat.module.js';
import { LinkPreviewService } from './link-preview.service.js';
import { AgentPushService } from './notification/agent-push.service.js';
import { DigestQueue } from './notification/digest-queue.js';
import { DigestService } from './notification/digest.service.js';
import { DigestUpkeep } from './notification/digest-upkeep.js';
import { NewsFinder } from './notification/news-finder.js';
import { ChatProcessor } from './processors/chat.processor.js';

/** The slow work of conversations, in the worker process. */
@Module({
  imports: [
    registerQueue(CHAT_QUEUE),
    ChatModule,
    HttpFetchModule,
    AgentModule,
    AuthModule,
    EnvironmentModule,
    UserModule,
    PushModule,
  ],
  providers: [
    AwayNotificationService,
    AgentPushService,
    DigestService,
    DigestQueue,
    DigestUpkeep,
    NewsFinder,
    LinkPreviewService,
    ChatProcessor,
  ],
})
export class ChatWorkerModule {}

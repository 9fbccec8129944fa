import { Module } from '@nestjs/common';
import { HttpFetchModule } from '../../infrastructure/http-fetch/http-fetch.module.js';
import { AgentModule } from '../agent/agent.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { EnvironmentModule } from '../environment/environment.module.js';
import { UserModule } from '../user/user.module.js';
import { AwayNotificationService } from './away-notification.service.js';
import { ChatModule } from './chat.module.js';
import { LinkPreviewService } from './link-preview.service.js';
import { ChatProcessor } from './processors/chat.processor.js';

/** The slow work of conversations, in the worker process. */
@Module({
  imports: [ChatModule, HttpFetchModule, AgentModule, AuthModule, EnvironmentModule, UserModule],
  providers: [AwayNotificationService, LinkPreviewService, ChatProcessor],
})
export class ChatWorkerModule {}

import { Module } from '@nestjs/common';
import { AgentModule } from '../agent/agent.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { EnvironmentModule } from '../environment/environment.module.js';
import { UserModule } from '../user/user.module.js';
import { AwayNotificationService } from './away-notification.service.js';
import { ChatModule } from './chat.module.js';
import { ChatProcessor } from './processors/chat.processor.js';

/** The slow work of conversations, in the worker process. */
@Module({
  imports: [ChatModule, AgentModule, AuthModule, EnvironmentModule, UserModule],
  providers: [AwayNotificationService, ChatProcessor],
})
export class ChatWorkerModule {}

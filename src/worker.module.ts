import { Module, type DynamicModule } from '@nestjs/common';
import { CommonModule } from './common/common.module.js';
import { AppConfig } from './config/app-config.js';
import { ConfigModule } from './config/config.module.js';
import { InfrastructureModule } from './infrastructure/infrastructure.module.js';
import { AuthWorkerModule } from './modules/auth/auth-worker.module.js';
import { ChatWorkerModule } from './modules/chat/chat-worker.module.js';
import { FileWorkerModule } from './modules/file/file-worker.module.js';
import { WebhookWorkerModule } from './modules/webhook/webhook-worker.module.js';

/** The worker process: queues, no routes. */
@Module({})
export class WorkerModule {
  static forRoot(config: AppConfig): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        ConfigModule.forRoot(config),
        CommonModule,
        InfrastructureModule.forProcess('worker'),
        AuthWorkerModule,
        FileWorkerModule,
        ChatWorkerModule,
        WebhookWorkerModule,
      ],
    };
  }
}

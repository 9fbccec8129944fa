import { Module, type DynamicModule } from '@nestjs/common';
import { CommonModule } from './common/common.module.js';
import { AppConfig } from './config/app-config.js';
import { ConfigModule } from './config/config.module.js';
import { DemoModule } from './demo/demo.module.js';
import { HealthModule } from './infrastructure/health/health.module.js';
import { InfrastructureModule } from './infrastructure/infrastructure.module.js';
import { QueueOverviewModule } from './infrastructure/queue/queue-overview.module.js';
import { AgentModule } from './modules/agent/agent.module.js';
import { AuthModule } from './modules/auth/auth.module.js';
import { PushModule } from './modules/push/push.module.js';
import { ChatModule } from './modules/chat/chat.module.js';
import { DeskModule } from './modules/desk/desk.module.js';
import { EnvironmentModule } from './modules/environment/environment.module.js';
import { FileModule } from './modules/file/file.module.js';
import { OrganizationModule } from './modules/organization/organization.module.js';
import { UserModule } from './modules/user/user.module.js';
import { WebhookModule } from './modules/webhook/webhook.module.js';
import { PagesModule } from './pages/pages.module.js';

/** The api process: HTTP and sockets. */
@Module({})
export class AppModule {
  static forRoot(config: AppConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(config),
        CommonModule,
        InfrastructureModule.forProcess('api'),
        HealthModule,
        QueueOverviewModule,
        OrganizationModule,
        EnvironmentModule,
        AgentModule,
        UserModule,
        AuthModule,
        PushModule,
        DeskModule,
        FileModule,
        ChatModule,
        WebhookModule,
        DemoModule,
        PagesModule,
      ],
    };
  }
}

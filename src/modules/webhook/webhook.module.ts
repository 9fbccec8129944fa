import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { HttpFetchModule } from '../../infrastructure/http-fetch/http-fetch.module.js';
import { SecretKeeper } from '../../infrastructure/secrets/secret-keeper.js';
import { EnvironmentModule } from '../environment/environment.module.js';
import { OrganizationModule } from '../organization/organization.module.js';
import { TypeormWebhookRepository } from './persistence/typeorm-webhook.repository.js';
import { WebhookEntity } from './persistence/webhook.entity.js';
import { WebhookController } from './webhook.controller.js';
import { WebhookRepository } from './webhook.repository.js';
import { WebhookService } from './webhook.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([WebhookEntity]),
    HttpFetchModule,
    OrganizationModule,
    EnvironmentModule,
  ],
  controllers: [WebhookController],
  providers: [
    WebhookService,
    SecretKeeper,
    { provide: WebhookRepository, useClass: TypeormWebhookRepository },
  ],
})
export class WebhookModule {}

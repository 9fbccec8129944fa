import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SecretKeeper } from '../../infrastructure/secrets/secret-keeper.js';
import { OrganizationModule } from '../organization/organization.module.js';
import { ApiKeyController } from './api-key.controller.js';
import { ApiKeyRepository } from './api-key.repository.js';
import { ApiKeyService } from './api-key.service.js';
import { EnvironmentController } from './environment.controller.js';
import { EnvironmentGateway } from './environment.gateway.js';
import { EnvironmentRepository } from './environment.repository.js';
import { EnvironmentService } from './environment.service.js';
import { ApiKeyEntity } from './persistence/api-key.entity.js';
import { EnvironmentEntity } from './persistence/environment.entity.js';
import { TypeormApiKeyRepository } from './persistence/typeorm-api-key.repository.js';
import { TypeormEnvironmentRepository } from './persistence/typeorm-environment.repository.js';

@Module({
  imports: [TypeOrmModule.forFeature([EnvironmentEntity, ApiKeyEntity]), OrganizationModule],
  controllers: [EnvironmentController, ApiKeyController],
  providers: [
    EnvironmentService,
    ApiKeyService,
    EnvironmentGateway,
    SecretKeeper,
    { provide: EnvironmentRepository, useClass: TypeormEnvironmentRepository },
    { provide: ApiKeyRepository, useClass: TypeormApiKeyRepository },
  ],
  exports: [EnvironmentService],
})
export class EnvironmentModule {}

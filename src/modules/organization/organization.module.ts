import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditRepository } from './audit.repository.js';
import { OrganizationController } from './organization.controller.js';
import { OrganizationGateway } from './organization.gateway.js';
import { OrganizationRepository } from './organization.repository.js';
import { OrganizationService } from './organization.service.js';
import { AuditEntity } from './persistence/audit.entity.js';
import { OrganizationEntity } from './persistence/organization.entity.js';
import { TypeormAuditRepository } from './persistence/typeorm-audit.repository.js';
import { TypeormOrganizationRepository } from './persistence/typeorm-organization.repository.js';
import { RequestTrace } from './request-trace.js';

@Module({
  imports: [TypeOrmModule.forFeature([OrganizationEntity, AuditEntity])],
  controllers: [OrganizationController],
  providers: [
    OrganizationService,
    OrganizationGateway,
    RequestTrace,
    { provide: OrganizationRepository, useClass: TypeormOrganizationRepository },
    { provide: AuditRepository, useClass: TypeormAuditRepository },
  ],
  exports: [OrganizationService],
})
export class OrganizationModule {}

import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../infrastructure/postgres/unit-of-work.js';
import { AuditRepository, type AuditRecord } from '../audit.repository.js';
import { AuditEntity } from './audit.entity.js';

@Injectable()
export class TypeormAuditRepository extends AuditRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {
    super();
  }

  async append(record: AuditRecord): Promise<void> {
    await this.unitOfWork.manager.insert(AuditEntity, {
      id: record.id,
      organizationId: record.organizationId,
      actorType: record.actor.type,
      actorId: record.actor.id,
      action: record.action,
      targetType: record.target.type,
      targetId: record.target.id,
      details: record.details ?? {},
      requestId: record.requestId,
      at: record.at,
    });
  }
}

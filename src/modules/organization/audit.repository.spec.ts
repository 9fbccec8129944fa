import { describe } from '@jest/globals';
import { newId } from '../../common/ids.js';
import { describeAuditRepository } from './audit.repository.contract.js';
import { InMemoryAuditRepository } from './fakes/in-memory-audit.repository.fake.js';

describe(InMemoryAuditRepository.name, () => {
  describeAuditRepository(() => {
    const audit = new InMemoryAuditRepository();
    const recordsOf = (organizationId: string) => Promise.resolve(audit.recordsOf(organizationId));
    return { audit, recordsOf, anOrganizationId: () => Promise.resolve(newId()) };
  });
});

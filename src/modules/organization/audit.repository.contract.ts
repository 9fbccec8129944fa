import { expect, it } from '@jest/globals';
import { newId } from '../../common/ids.js';
import type { AuditRecord, AuditRepository } from './audit.repository.js';

export interface AuditSurroundings {
  audit: AuditRepository;
  anOrganizationId: () => Promise<string>;
  recordsOf: (organizationId: string) => Promise<AuditRecord[]>;
}

export function aRecord(organizationId: string, given: Partial<AuditRecord> = {}): AuditRecord {
  return {
    id: newId(),
    organizationId,
    actor: { type: 'agent', id: newId() },
    action: 'agent.update',
    target: { type: 'agent', id: newId() },
    details: { role: 'admin' },
    requestId: 'req-1',
    at: new Date('2026-11-20T12:00:00.000Z'),
    ...given,
  };
}

/** What every AuditRepository does, the fake as well as the real one. */
export function describeAuditRepository(create: () => AuditSurroundings): void {
  it('keeps each deed as it was told, with the organization that it was done in', async () => {
    const { audit, anOrganizationId, recordsOf } = create();
    const [mine, theirs] = [await anOrganizationId(), await anOrganizationId()];
    const deeds = [aRecord(mine), aRecord(mine, { details: {}, requestId: null })];
    for (const deed of [...deeds, aRecord(theirs)]) await audit.append(deed);
    expect(await recordsOf(mine)).toEqual(deeds);
  });

  it('never writes over what is on record', async () => {
    const { audit, anOrganizationId, recordsOf } = create();
    const deed = aRecord(await anOrganizationId());
    await audit.append(deed);
    await expect(audit.append({ ...deed, action: 'agent.disable' })).rejects.toThrow();
    expect(await recordsOf(deed.organizationId)).toEqual([deed]);
  });
}

import { describe } from '@jest/globals';
import { newId } from '../../common/ids.js';
import { InMemoryInvitationRepository } from './fakes/in-memory-invitation.repository.fake.js';
import { describeInvitationRepository } from './invitation.repository.contract.js';

describe(InMemoryInvitationRepository.name, () => {
  const invitations = new InMemoryInvitationRepository();
  describeInvitationRepository(() => ({ invitations, anOrganizationId: () => Promise.resolve(newId()) }));
});

import { beforeEach, describe, expect, it } from '@jest/globals';
import type { AgentPrincipal } from '../../common/access/principal.js';
import { House } from '../organization/fakes/house.fake.js';
import { anAccount } from './account.repository.contract.js';
import { AlreadyMember, InvitationNotFound, OwnersOnly } from './agent.errors.js';
import { anAgent } from './agent.repository.contract.js';
import { InMemoryAgentRepository } from './fakes/in-memory-agent.repository.fake.js';
import { InMemoryInvitationRepository } from './fakes/in-memory-invitation.repository.fake.js';
import { InvitationService } from './invitation.service.js';

const DAY_MS = 86_400_000;
const EMAIL = 'new@shop.example';

describe(InvitationService.name, () => {
  let house: House;
  let agents: InMemoryAgentRepository;
  let invitations: InvitationService;
  let owner: AgentPrincipal;

  beforeEach(async () => {
    house = new House();
    agents = new InMemoryAgentRepository();
    invitations = new InvitationService(
      new InMemoryInvitationRepository(),
      agents,
      house.organizations,
      house.secrets,
      house.unitOfWork,
      house.events,
      house.clock,
    );
    owner = await house.anAdmin();
  });

  it('gives a token that is good for a week, and puts the deed on record', async () => {
    const { id, token } = await invitations.invite(owner, EMAIL, 'agent');
    expect(house.told).toEqual(['agent.invited']);
    expect(house.deedsIn(owner.organizationId)).toEqual(['invitation.create']);
    house.pass(7 * DAY_MS - 1);
    expect(await invitations.getOpen(token)).toMatchObject({ id, email: EMAIL });
    house.pass(1);
    await expect(invitations.getOpen(token)).rejects.toBeInstanceOf(InvitationNotFound);
  });

  it('knows only tokens that it made', async () => {
    const [first, second] = [
      await invitations.invite(owner, EMAIL, 'agent'),
      await invitations.invite(owner, 'other@shop.example', 'agent'),
    ];
    const [, signature] = second.token.split('.');
    for (const token of ['', 'x', first.id, `${first.id}.`, `${first.id}.${signature}`]) {
      await expect(invitations.getOpen(token)).rejects.toBeInstanceOf(InvitationNotFound);
    }
  });

  it('ends with the others of the same address once one of them is used', async () => {
    const first = await invitations.invite(owner, EMAIL, 'agent');
    const second = await invitations.invite(owner, EMAIL, 'admin');
    const other = await invitations.invite(owner, 'other@shop.example', 'agent');
    const late = await invitations.getOpen(second.token);
    await invitations.use(await invitations.getOpen(first.token));
    await expect(invitations.getOpen(second.token)).rejects.toBeInstanceOf(InvitationNotFound);
    await expect(invitations.use(late)).rejects.toBeInstanceOf(InvitationNotFound);
    expect(await invitations.getOpen(other.token)).toMatchObject({ id: other.id });
  });

  it('is of no use a second time', async () => {
    const { token } = await invitations.invite(owner, EMAIL, 'agent');
    const invitation = await invitations.getOpen(token);
    await invitations.use(invitation);
    await expect(invitations.use(invitation)).rejects.toBeInstanceOf(InvitationNotFound);
    await expect(invitations.getOpen(token)).rejects.toBeInstanceOf(InvitationNotFound);
  });

  it('is taken back by its own organization only', async () => {
    const { id, token } = await invitations.invite(owner, EMAIL, 'agent');
    const stranger = await house.anAdmin();
    await expect(invitations.revoke(stranger, id)).rejects.toMatchObject({ code: 'invitation.not_found' });
    await invitations.revoke(owner, id);
    await expect(invitations.getOpen(token)).rejects.toBeInstanceOf(InvitationNotFound);
    expect(house.deedsIn(stranger.organizationId)).toEqual([]);
  });

  it('invites nobody who is a member, but takes back who was one', async () => {
    const { organizationId } = owner;
    const former = anAgent(organizationId, anAccount({ email: EMAIL }), { disabledAt: house.now });
    await agents.insert(former);
    await invitations.invite(owner, EMAIL, 'agent');
    await agents.update({ organizationId }, former.id, { disabledAt: null });
    await expect(invitations.invite(owner, EMAIL, 'agent')).rejects.toBeInstanceOf(AlreadyMember);
  });

  it('lets nobody but an owner invite an owner', async () => {
    const admin = await house.anAdmin('admin');
    await expect(invitations.invite(admin, EMAIL, 'owner')).rejects.toBeInstanceOf(OwnersOnly);
    expect(house.told).toEqual([]);
  });

  it('has nothing to mail once it was mailed or accepted, and misses what was forgotten', async () => {
    const { id, token } = await invitations.invite(owner, EMAIL, 'agent');
    expect(await invitations.listForgotten(30_000, 10)).toEqual([]);
    house.pass(30_001);
    const { organizationId } = owner;
    expect(await invitations.listForgotten(30_000, 10)).toMatchObject([{ organizationId, id }]);
    expect(await invitations.findUnmailed(id)).toMatchObject({
      token,
      organizationName: 'Acme',
      language: 'ko',
    });
    await invitations.markMailed(id);
    expect(await invitations.findUnmailed(id)).toBeNull();
    expect(await invitations.listForgotten(30_000, 10)).toEqual([]);
  });
});

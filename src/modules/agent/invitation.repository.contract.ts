import { expect, it } from '@jest/globals';
import { newId } from '../../common/ids.js';
import type { Invitation } from './invitation.js';
import type { InvitationRepository } from './invitation.repository.js';

const NOW = new Date('2026-11-20T12:00:00.000Z');
const EXPIRY = new Date('2026-11-27T12:00:00.000Z');

export interface InvitationSurroundings {
  invitations: InvitationRepository;
  anOrganizationId: () => Promise<string>;
}

export function anInvitation(organizationId: string, given: Partial<Invitation> = {}): Invitation {
  return {
    id: newId(),
    organizationId,
    email: 'new@shop.example',
    role: 'agent',
    invitedBy: newId(),
    createdAt: NOW,
    expiresAt: EXPIRY,
    acceptedAt: null,
    revokedAt: null,
    mailedAt: null,
    ...given,
  };
}

/** What every InvitationRepository does, the fake as well as the real one. */
export function describeInvitationRepository(create: () => InvitationSurroundings): void {
  async function aStored(organizationId: string, given: Partial<Invitation> = {}): Promise<Invitation> {
    const invitation = anInvitation(organizationId, given);
    await create().invitations.insert(invitation);
    return invitation;
  }

  it('takes back all that are open of an address, in one organization', async () => {
    const { invitations, anOrganizationId } = create();
    const [organizationId, elsewhere] = [await anOrganizationId(), await anOrganizationId()];
    const gone = [await aStored(organizationId), await aStored(organizationId, { mailedAt: NOW })];
    const used = await aStored(organizationId, { acceptedAt: NOW });
    const kept = [
      await aStored(organizationId, { email: 'other@shop.example' }),
      await aStored(elsewhere),
      used,
    ];
    await invitations.revokeOf({ organizationId }, 'New@Shop.example', EXPIRY);
    for (const one of gone) expect(await invitations.find(one.id)).toEqual({ ...one, revokedAt: EXPIRY });
    for (const one of kept) expect(await invitations.find(one.id)).toEqual(one);
  });

  it('pages through the open ones of its own organization', async () => {
    const { invitations, anOrganizationId } = create();
    const organizationId = await anOrganizationId();
    const open = [
      await aStored(organizationId),
      await aStored(organizationId, { mailedAt: NOW }),
      await aStored(organizationId),
    ];
    await aStored(organizationId, { acceptedAt: NOW });
    await aStored(organizationId, { revokedAt: NOW });
    await aStored(organizationId, { expiresAt: NOW });
    await aStored(await anOrganizationId());
    const first = await invitations.pageOpen({ organizationId }, NOW, null, 2);
    const rest = await invitations.pageOpen({ organizationId }, NOW, first.at(-1)?.id ?? null, 2);
    expect([...first, ...rest]).toEqual(open);
    expect(await invitations.find(open[0]!.id)).toEqual(open[0]);
    expect(await invitations.find(newId())).toBeNull();
  });

  it('is good for one of those who accept at once', async () => {
    const { invitations, anOrganizationId } = create();
    const { id } = await aStored(await anOrganizationId());
    const answers = await Promise.all([1, 2, 3, 4].map(() => invitations.markAccepted(id, NOW)));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect((await invitations.find(id))?.acceptedAt).toEqual(NOW);
  });

  it('is good for nobody once it is taken back or has expired', async () => {
    const { invitations, anOrganizationId } = create();
    const organizationId = await anOrganizationId();
    const revoked = await aStored(organizationId);
    expect(await invitations.revoke({ organizationId }, revoked.id, NOW)).toBe(true);
    const expired = await aStored(organizationId);
    expect(await invitations.markAccepted(revoked.id, NOW)).toBe(false);
    expect(await invitations.markAccepted(expired.id, EXPIRY)).toBe(false);
    expect(await invitations.markAccepted(newId(), NOW)).toBe(false);
  });

  it('is either accepted or taken back, when both are tried at once', async () => {
    const { invitations, anOrganizationId } = create();
    const organizationId = await anOrganizationId();
    const { id } = await aStored(organizationId);
    const answers = await Promise.all([
      invitations.markAccepted(id, NOW),
      invitations.revoke({ organizationId }, id, NOW),
    ]);
    expect(answers.filter(Boolean)).toHaveLength(1);
    const { acceptedAt, revokedAt } = (await invitations.find(id))!;
    expect([acceptedAt !== null, revokedAt !== null]).toEqual(answers);
  });

  it('is taken back once, by its own organization only', async () => {
    const { invitations, anOrganizationId } = create();
    const organizationId = await anOrganizationId();
    const { id } = await aStored(organizationId);
    const stranger = { organizationId: await anOrganizationId() };
    expect(await invitations.revoke(stranger, id, NOW)).toBe(false);
    const answers = await Promise.all([1, 2].map(() => invitations.revoke({ organizationId }, id, NOW)));
    expect(answers.sort()).toEqual([false, true]);
  });

  it('lists the open ones whose mail never went out, oldest first, over all tenants', async () => {
    const { invitations, anOrganizationId } = create();
    const longAgo = (minute: number) => new Date(Date.UTC(2001, 0, 1, 0, minute));
    const organizationId = await anOrganizationId();
    const second = await aStored(organizationId, { createdAt: longAgo(2) });
    const first = await aStored(await anOrganizationId(), { createdAt: longAgo(1) });
    const third = await aStored(organizationId, { createdAt: longAgo(3) });
    const createdAt = longAgo(0);
    for (const closed of [{ acceptedAt: NOW }, { revokedAt: NOW }, { expiresAt: NOW }, { mailedAt: NOW }]) {
      await aStored(organizationId, { createdAt, ...closed });
    }
    expect(await invitations.listUnmailed(NOW, longAgo(3), 10)).toEqual([first, second]);
    expect(await invitations.listUnmailed(NOW, longAgo(4), 2)).toEqual([first, second]);
    for (const { id } of [first, second]) await invitations.markMailed(id, NOW);
    expect(await invitations.listUnmailed(NOW, longAgo(4), 10)).toEqual([third]);
    await invitations.markMailed(third.id, NOW);
    expect(await invitations.listUnmailed(NOW, longAgo(4), 10)).toEqual([]);
  });
}

import { Injectable } from '@nestjs/common';
import type { AgentPrincipal } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { NotFound } from '../../common/errors/common.errors.js';
import { DomainEventBus } from '../../common/events/domain-events.js';
import { isId, newId } from '../../common/ids.js';
import type { InvitationView, Role } from '../../contracts/tenants.js';
import { UnitOfWork } from '../../infrastructure/postgres/unit-of-work.js';
import { SecretKeeper } from '../../infrastructure/secrets/secret-keeper.js';
import { OrganizationService } from '../organization/organization.service.js';
import { AlreadyMember, InvitationNotFound } from './agent.errors.js';
import { AgentRepository } from './agent.repository.js';
import { assertMayGrant } from './agent.js';
import { InvitationRepository } from './invitation.repository.js';
import { INVITATION_DAYS, isOpen, type Invitation } from './invitation.js';

const PURPOSE = 'invitation';
const DAY_MS = 86_400_000;

/** The token is the id and its keyed hash: a mail job can make it again, and no job and no table holds it. */
@Injectable()
export class InvitationService {
  constructor(
    private readonly invitations: InvitationRepository,
    private readonly agents: AgentRepository,
    private readonly organizations: OrganizationService,
    private readonly secrets: SecretKeeper,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: DomainEventBus,
    private readonly clock: Clock,
  ) {}

  /** Throws AlreadyMember, OwnersOnly. */
  async invite(principal: AgentPrincipal, email: string, role: Role): Promise<InvitationView> {
    const { organizationId } = principal;
    assertMayGrant(principal.role, role);
    const member = await this.agents.findByEmail({ organizationId }, email);
    if (member && member.disabledAt === null) throw new AlreadyMember();
    const invitation = this.draft(principal, email, role);
    await this.unitOfWork.run(async () => {
      await this.invitations.insert(invitation);
      await this.record(principal, 'invitation.create', invitation.id);
    });
    this.events.publish('agent.invited', { organizationId, invitationId: invitation.id });
    return this.viewOf(invitation);
  }

  /** For who is let in at once: no mail goes out. Answers the token. */
  async issueQuietly(organizationId: string, inviterId: string, email: string, role: Role): Promise<string> {
    const draft = this.draft({ organizationId, id: inviterId }, email, role);
    const invitation = { ...draft, mailedAt: draft.createdAt };
    await this.invitations.insert(invitation);
    return this.viewOf(invitation).token;
  }

  pageOpen(organizationId: string, afterId: string | null, limit: number): Promise<Invitation[]> {
    return this.invitations.pageOpen({ organizationId }, this.clock.now(), afterId, limit);
  }

  /** Throws NotFound. */
  async revoke(principal: AgentPrincipal, id: string): Promise<void> {
    const { organizationId } = principal;
    await this.unitOfWork.run(async () => {
      const isRevoked = await this.invitations.revoke({ organizationId }, id, this.clock.now());
      if (!isRevoked) throw new NotFound('invitation');
      await this.record(principal, 'invitation.revoke', id);
    });
  }

  /** Throws InvitationNotFound for any token that is not good now. */
  async getOpen(token: string): Promise<Invitation> {
    const [id = '', signature = ''] = token.split('.');
    if (!isId(id) || !this.secrets.matches(PURPOSE, id, Buffer.from(signature, 'base64url'))) {
      throw new InvitationNotFound();
    }
    const invitation = await this.invitations.find(id);
    if (!invitation || !isOpen(invitation, this.clock.now())) throw new InvitationNotFound();
    return invitation;
  }

  /**
   * Throws InvitationNotFound for the second of two. Belongs at the beginning of the transaction that makes the member.
   * What else the same person was sent ends with it: nobody comes back by it who was sent away.
   */
  async use({ id, organizationId, email }: Invitation): Promise<void> {
    const now = this.clock.now();
    await this.unitOfWork.runInTurn(`invitations ${organizationId} ${email.toLowerCase()}`, async () => {
      if (!(await this.invitations.markAccepted(id, now))) throw new InvitationNotFound();
      await this.invitations.revokeOf({ organizationId }, email, now);
    });
  }

  /** What the mail needs; null when there is nothing to be mailed any more. */
  async findUnmailed(
    id: string,
  ): Promise<(InvitationView & { organizationName: string; language: 'ko' | 'en' }) | null> {
    const invitation = await this.invitations.find(id);
    if (!invitation || invitation.mailedAt !== null || !isOpen(invitation, this.clock.now())) return null;
    const { name, settings } = await this.organizations.get(invitation.organizationId);
    return { ...this.viewOf(invitation), organizationName: name, language: settings.language };
  }

  markMailed(id: string): Promise<void> {
    return this.invitations.markMailed(id, this.clock.now());
  }

  listForgotten(olderThanMs: number, limit: number): Promise<Invitation[]> {
    const now = this.clock.now();
    return this.invitations.listUnmailed(now, new Date(now.getTime() - olderThanMs), limit);
  }

  private viewOf({ id, email, role, expiresAt }: Invitation): InvitationView {
    const token = `${id}.${this.secrets.hash(PURPOSE, id).toString('base64url')}`;
    return { id, email, role, token, expiresAt: expiresAt.toISOString() };
  }

  private draft(
    inviter: Pick<AgentPrincipal, 'id' | 'organizationId'>,
    email: string,
    role: Role,
  ): Invitation {
    const createdAt = this.clock.now();
    return {
      id: newId(),
      organizationId: inviter.organizationId,
      email,
      role,
      invitedBy: inviter.id,
      createdAt,
      expiresAt: new Date(createdAt.getTime() + INVITATION_DAYS * DAY_MS),
      acceptedAt: null,
      revokedAt: null,
      mailedAt: null,
    };
  }

  private record(principal: AgentPrincipal, action: string, id: string): Promise<void> {
    const { organizationId } = principal;
    const target = { type: 'invitation', id };
    return this.organizations.recordDeed({ organizationId, actor: principal, action, target });
  }
}

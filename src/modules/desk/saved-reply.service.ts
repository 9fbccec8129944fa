import { Injectable } from '@nestjs/common';
import type { AgentPrincipal } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { newId } from '../../common/ids.js';
import { UnitOfWork } from '../../infrastructure/postgres/unit-of-work.js';
import { OrganizationService } from '../organization/organization.service.js';
import { SavedReplyNotFound, TooManyReplies } from './desk.errors.js';
import { SavedReplyRepository, type ReplyQuery } from './saved-reply.repository.js';
import { MAX_REPLIES, type SavedReply, type SavedReplyChanges } from './saved-reply.js';

export type SavedReplyDraft = Pick<SavedReply, 'shortcut' | 'title' | 'content'>;

@Injectable()
export class SavedReplyService {
  constructor(
    private readonly replies: SavedReplyRepository,
    private readonly organizations: OrganizationService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  page({ organizationId }: AgentPrincipal, query: ReplyQuery): Promise<SavedReply[]> {
    return this.replies.page({ organizationId }, query);
  }

  /** Throws ShortcutTaken, TooManyReplies. */
  async create(principal: AgentPrincipal, draft: SavedReplyDraft): Promise<SavedReply> {
    const { organizationId } = principal;
    const reply = { ...draft, id: newId(), organizationId, updatedAt: this.clock.now() };
    await this.unitOfWork.runInTurn(`replies ${organizationId}`, async () => {
      if ((await this.replies.count({ organizationId })) >= MAX_REPLIES) throw new TooManyReplies();
      await this.replies.insert(reply);
      await this.record(principal, 'saved-reply.create', reply.id);
    });
    return reply;
  }

  /** Throws SavedReplyNotFound, ShortcutTaken. */
  async update(principal: AgentPrincipal, id: string, changes: SavedReplyChanges): Promise<SavedReply> {
    const { organizationId } = principal;
    const updatedAt = this.clock.now();
    return this.unitOfWork.run(async () => {
      const updated = await this.replies.update({ organizationId }, id, { ...changes, updatedAt });
      if (!updated) throw new SavedReplyNotFound();
      await this.record(principal, 'saved-reply.update', id);
      return updated;
    });
  }

  /** Throws SavedReplyNotFound. */
  async remove(principal: AgentPrincipal, id: string): Promise<void> {
    const { organizationId } = principal;
    await this.unitOfWork.run(async () => {
      if (!(await this.replies.remove({ organizationId }, id))) throw new SavedReplyNotFound();
      await this.record(principal, 'saved-reply.remove', id);
    });
  }

  private record(principal: AgentPrincipal, action: string, id: string): Promise<void> {
    const { organizationId } = principal;
    const target = { type: 'saved-reply', id };
    return this.organizations.recordDeed({ organizationId, actor: principal, action, target });
  }
}

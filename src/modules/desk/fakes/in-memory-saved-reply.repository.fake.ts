import type { Scope } from '../../../common/access/principal.js';
import { ShortcutTaken } from '../desk.errors.js';
import { rankOf, SavedReplyRepository, type ReplyQuery } from '../saved-reply.repository.js';
import type { SavedReply, SavedReplyChanges } from '../saved-reply.js';

export class InMemorySavedReplyRepository extends SavedReplyRepository {
  private stored: SavedReply[] = [];

  async insert(reply: SavedReply): Promise<void> {
    this.assertFree(reply);
    this.stored.push({ ...reply });
  }

  async page(scope: Scope, { text = '', limit, after }: ReplyQuery): Promise<SavedReply[]> {
    const placeOf = (reply: SavedReply) => `${rankOf(reply, text)} ${reply.shortcut}`;
    const from = after ? `${after.rank} ${after.shortcut}` : '';
    return this.within(scope)
      .filter((reply) => isFound(text, reply) && placeOf(reply) > from)
      .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))
      .slice(0, limit)
      .map((reply) => ({ ...reply }));
  }

  async count(scope: Scope): Promise<number> {
    return this.within(scope).length;
  }

  async update(
    scope: Scope,
    id: string,
    changes: SavedReplyChanges & { updatedAt: Date },
  ): Promise<SavedReply | null> {
    const reply = this.within(scope).find((one) => one.id === id);
    if (!reply) return null;
    const named = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    this.assertFree({ ...reply, ...named });
    return { ...Object.assign(reply, named) };
  }

  async remove(scope: Scope, id: string): Promise<boolean> {
    const before = this.stored.length;
    this.stored = this.stored.filter((one) => one.id !== id || one.organizationId !== scope.organizationId);
    return this.stored.length < before;
  }

  private assertFree({ id, organizationId, shortcut }: SavedReply): void {
    const others = this.within({ organizationId }).filter((one) => one.id !== id);
    if (others.some((one) => one.shortcut === shortcut)) throw new ShortcutTaken();
  }

  private within({ organizationId }: Scope): SavedReply[] {
    return this.stored.filter((one) => one.organizationId === organizationId);
  }
}

function isFound(text: string, { shortcut, title, content }: SavedReply): boolean {
  return [shortcut, title, content].some((part) => part.toLowerCase().includes(text.toLowerCase()));
}

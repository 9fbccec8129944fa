/**
 * Which conversations' summaries are to go out now. One that keeps changing keeps its place and is sent once for
 * all changes; an organization with many busy conversations and many agents gets them at a steady pace, for its
 * inboxes multiply: what they hear must not slow down what is said.
 */
export class InboxQueue {
  private readonly byOrganization = new Map<string, Map<string, number>>();

  /**
   * @param waitMs how long changes of a conversation are gathered at least
   * @param packetsPerTurn how many summaries, counted at each agent who gets them, an organization may have at a turn
   */
  constructor(
    private readonly waitMs: number,
    private readonly packetsPerTurn: number,
  ) {}

  get isEmpty(): boolean {
    return this.byOrganization.size === 0;
  }

  add(organizationId: string, conversationId: string, now: number): void {
    const waiting = this.byOrganization.get(organizationId) ?? new Map<string, number>();
    this.byOrganization.set(organizationId, waiting);
    if (!waiting.has(conversationId)) waiting.set(conversationId, now + this.waitMs);
  }

  /** It is sent by another way. */
  remove(organizationId: string, conversationId: string): void {
    const waiting = this.byOrganization.get(organizationId);
    waiting?.delete(conversationId);
    if (waiting?.size === 0) this.byOrganization.delete(organizationId);
  }

  /** Oldest first; at least one of each organization that has any due. */
  take(now: number, inboxesOf: (organizationId: string) => number): string[] {
    return [...this.byOrganization].flatMap(([organizationId, waiting]) => {
      const most = Math.max(1, Math.floor(this.packetsPerTurn / Math.max(1, inboxesOf(organizationId))));
      const due = [...waiting].filter(([, at]) => at <= now).slice(0, most);
      for (const [conversationId] of due) this.remove(organizationId, conversationId);
      return due.map(([conversationId]) => conversationId);
    });
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import request from 'supertest';
import type { ConversationView } from '../../../src/contracts/chat.js';
import { Actor } from './actor.js';
import { keyOf, type Audience, type ClientLog } from './history.js';
import { aConversation, agentRole, aVisitor, headersOf, type House } from './house.js';
import type { Truth } from './truth.js';
import { until } from './waiting.js';

const VISITORS = 4;
/** Agents who take part; the last of the house is in no group, and must hear nothing of it. */
const ANSWERING = 2;
const PATIENCE_MS = 10_000;
const ASK_AGAIN_MS = 250;

/** The people of one trial, all connected, in conversations that are theirs alone. */
export class Cast {
  /** What the oracle cannot see in the logs. */
  readonly failures: string[] = [];

  private constructor(
    /** Those who talk. */
    readonly speakers: readonly Actor[],
    /** Those who only ever listen, and must hear nothing. */
    private readonly strangers: readonly Actor[],
    private readonly audience: Audience,
    private readonly url: string,
  ) {}

  static async gather(house: House): Promise<Cast> {
    const { url } = house;
    const visitors = await Promise.all(
      Array.from({ length: VISITORS }, (_, index) => aVisitor(house, `visitor ${index + 1}`)),
    );
    const stranger = await aVisitor(house, 'stranger');
    const answering = house.agents
      .slice(0, ANSWERING)
      .map((one, index) => agentRole(one, `agent ${index + 1}`));
    const outsiders = house.agents
      .slice(ANSWERING)
      .map((one, index) => agentRole(one, `outsider ${index + 1}`));
    const supports = await Promise.all(visitors.map(({ headers }) => aConversation(url, headers)));
    const agentIds = answering.map(({ self }) => self.id);
    const group = await aConversation(url, headersOf(answering[0]!), {
      kind: 'group',
      name: 'team',
      agentIds,
    });

    const users = visitors.map(({ role }) => new Actor(role, url));
    // The first agent has two devices.
    const agents = [...answering, { ...answering[0]!, name: 'agent 1 at home' }].map(
      (role) => new Actor(role, url),
    );
    users.forEach((user, index) => user.open(supports[index]!.id));
    for (const agent of agents) {
      supports.forEach(({ id }) => agent.open(id));
      agent.open(group.id, 'group');
    }
    const strangers = [stranger.role, ...outsiders].map((role) => new Actor(role, url));
    const audience = audienceOf(supports, group, agentIds);
    const cast = new Cast([...users, ...agents], strangers, audience, url);
    await until(
      () => cast.isOnline && cast.speakers.every(isReady),
      () => `all to be there: ${cast.describe()}`,
    );
    return cast;
  }

  get conversationIds(): string[] {
    return [...this.audience.keys()];
  }

  get actors(): Actor[] {
    return [...this.speakers, ...this.strangers];
  }

  get isOnline(): boolean {
    return this.actors.every((actor) => actor.isOnline);
  }

  get isIdle(): boolean {
    return this.speakers.every((actor) => actor.isIdle);
  }

  /** Everybody shows what is stored, up to its end. */
  async isInStep(truth: Truth): Promise<boolean> {
    const newest = Map.groupBy(await truth.messages(this.conversationIds), (one) => one.conversationId);
    return this.speakers.every((actor) =>
      actor.conversationIds.every((id) => {
        const shown = actor.messages(id);
        const seen = (newest.get(id) ?? []).filter(({ isPrivate }) => actor.role.seesNotes || !isPrivate);
        const revs = new Map(shown.map(({ seq, rev }) => [seq, rev]));
        const from = shown[0]?.seq ?? 0;
        return seen.every(({ seq, rev }) => seq < from || revs.get(seq) === rev) && shown.length > 0;
      }),
    );
  }

  /** One message in each conversation, from everybody in turn: what does not heal by itself heals by the next message. */
  probe(): void {
    for (const id of this.conversationIds) {
      this.speakers.find((actor) => actor.conversationIds.includes(id))?.send(id, 'probe');
    }
  }

  noteFailure({ message }: Error): void {
    this.failures.push(message);
  }

  async logs(truth: Truth): Promise<ClientLog[]> {
    for (const actor of this.actors) actor.noteTimelines();
    await Promise.all(this.speakers.map((actor) => this.noteUnread(actor, truth)));
    return this.actors.map(({ log }) => log);
  }

  get permitted(): Audience {
    return this.audience;
  }

  /** The longest way from an acknowledgement to somebody who was connected all the while. */
  get slowestMs(): number {
    const acked = this.speakers.flatMap((actor) => [...actor.ackedAt]);
    return Math.max(0, ...acked.flatMap(([id, at]) => this.speakers.map((actor) => delayOf(actor, id, at))));
  }

  describe(): string {
    const waiting = this.actors.filter((actor) => !actor.isOnline || !actor.isIdle || !isReady(actor));
    return (
      waiting.map((actor) => `${actor.role.name} is ${actor.state}: ${actor.describe()}`).join('; ') ||
      'all well'
    );
  }

  leave(): void {
    for (const actor of this.actors) actor.leave();
  }

  /** A marker may still be on its way while it is asked about; what is told and what is stored must be of one moment. */
  private async noteUnread(actor: Actor, truth: Truth): Promise<void> {
    const markerOf = async (id: string) =>
      (await truth.readSeqs([id])).get(`${id}:${keyOf(actor.role.self)}`) ?? 0;
    for (const conversationId of actor.conversationIds) {
      for (let before = -1, readSeq = await markerOf(conversationId); before !== readSeq;) {
        before = readSeq;
        const { unread } = await this.read(actor, conversationId);
        readSeq = await markerOf(conversationId);
        if (before === readSeq) actor.log.unread.push({ conversationId, readSeq, unread });
      }
    }
  }

  /** As any caller would: what is not available for a moment is asked for again. */
  private async read(actor: Actor, conversationId: string): Promise<{ unread: number }> {
    for (const end = Date.now() + PATIENCE_MS; ; await sleep(ASK_AGAIN_MS)) {
      const answer = await request(this.url)
        .get(`/v1/conversations/${conversationId}`)
        .set(headersOf(actor.role));
      const isPassing = answer.status === 503 && Date.now() < end;
      if (isPassing) continue;
      if (answer.status !== 200) throw new Error(`conversations: ${answer.status} ${answer.text}`);
      return answer.body as { unread: number };
    }
  }
}

function delayOf(actor: Actor, messageId: string, ackedAt: number): number {
  const shownAt = actor.shownAt.get(messageId) ?? 0;
  return actor.wasOnline(ackedAt, shownAt) ? shownAt - ackedAt : 0;
}

function isReady(actor: Actor): boolean {
  return actor.conversationIds.every((id) => actor.timeline(id).status === 'ready');
}

function audienceOf(supports: ConversationView[], group: ConversationView, members: string[]): Audience {
  const participants = members.map((id) => `agent:${id}`);
  const own = supports.map(({ id, user }) => [id, new Set([...participants, `user:${user?.id}`])] as const);
  return new Map([...own, [group.id, new Set(participants)]]);
}

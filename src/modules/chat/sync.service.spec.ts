import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Principal } from '../../common/access/principal.js';
import { newId } from '../../common/ids.js';
import type { SyncPoint } from '../../contracts/chat.js';
import type { Conversation } from './conversation.js';
import { anAgent, aPartner, aTeamDraft, aUser, theUserOf, aStamp } from './fakes/factories.fake.js';
import { aHouse, type House } from './fakes/house.fake.js';
import { SyncService } from './sync.service.js';

describe(SyncService.name, () => {
  let house: House;
  let service: SyncService;
  let conversation: Conversation;

  beforeEach(async () => {
    house = aHouse();
    service = new SyncService(house.conversations, house.messages, house.views, house.config);
    conversation = await house.add();
  });

  const talk = async (count: number, one = conversation) => {
    for (let said = 0; said < count; said++) await house.say(one);
  };
  const sync = async (point: Partial<SyncPoint>, principal: Principal = theUserOf(conversation)) => {
    const [synced] = await service.sync(principal, [
      { id: conversation.id, afterSeq: 0, afterRev: 0, ...point },
    ]);
    if (!synced) throw new Error('no answer');
    const { messages, ...rest } = synced;
    return { seqs: [messages[0]?.seq, messages.at(-1)?.seq], count: messages.length, ...rest };
  };

  it('gives exactly what was missed', async () => {
    await talk(5);
    const rest = {
      changes: [],
      headSeq: 5,
      headRev: 0,
      minSeq: 1,
      hasMore: false,
      reset: false,
      access: 'ok',
    };
    expect(await sync({ afterSeq: 3 })).toMatchObject({ seqs: [4, 5], count: 2, ...rest });
    expect(await sync({ afterSeq: 5 })).toMatchObject({ count: 0, ...rest });
  });

  it('gives nothing to whoever was removed while the answer was long in the making', async () => {
    const member = anAgent({ organizationId: conversation.organizationId });
    const { organizationId } = member;
    const draft = aTeamDraft({ organizationId, memberIds: [member.id] });
    const { conversation: team } = await house.conversations.create({ organizationId }, draft);
    const read = house.messages.deltas.bind(house.messages);
    jest.spyOn(house.messages, 'deltas').mockImplementation(async (...question) => {
      await house.conversations.removeMembers({ organizationId }, team.id, [member.id], aStamp(new Date()));
      await talk(1, team);
      jest.spyOn(performance, 'now').mockReturnValue(performance.now() + 600);
      return read(...question);
    });
    expect(await sync({ id: team.id }, member)).toMatchObject({ access: 'lost', count: 0, headSeq: 0 });
    jest.restoreAllMocks();
  });

  it('gives two hundred at a time, and says that there is more', async () => {
    await talk(401);
    expect(await sync({ afterSeq: 0 })).toMatchObject({ seqs: [1, 200], hasMore: true, headSeq: 401 });
    expect(await sync({ afterSeq: 200 })).toMatchObject({ seqs: [201, 400], hasMore: true });
    expect(await sync({ afterSeq: 400 })).toMatchObject({ seqs: [401, 401], hasMore: false });
  });

  it('catches up by a thousand, and starts anew beyond', async () => {
    await talk(1_001);
    expect(await sync({ afterSeq: 1 })).toMatchObject({ reset: false, seqs: [2, 201], hasMore: true });
    const anew = { reset: true, seqs: [952, 1_001], count: 50, hasMore: false, headSeq: 1_001 };
    expect(await sync({ afterSeq: 0 })).toMatchObject(anew);
  });

  it('starts anew for those who are ahead of what there is', async () => {
    await talk(3);
    expect(await sync({ afterSeq: 4 })).toMatchObject({ reset: true, seqs: [1, 3], headSeq: 3 });
    expect(await sync({ afterSeq: 3, afterRev: 1 })).toMatchObject({ reset: true });
  });

  it('starts anew for those who stopped before what is kept', async () => {
    conversation = await house.add({ minSeq: 3 });
    await talk(5);
    expect(await sync({ afterSeq: 1 })).toMatchObject({ reset: true, minSeq: 3 });
    expect(await sync({ afterSeq: 2 })).toMatchObject({ reset: false, seqs: [3, 5] });
  });

  it('says of what is not theirs that it is lost, whatever it is, in the order of the questions', async () => {
    const mine = await house.add({ user: conversation.user, ...scopeOf(conversation) });
    await talk(1, mine);
    const team = {
      kind: 'group',
      environmentId: null,
      user: null,
      organizationId: conversation.organizationId,
    } as const;
    const ids = [(await house.add()).id, mine.id, newId(), '{"$gt":""}', (await house.add(team)).id];
    const synced = await service.sync(
      theUserOf(conversation),
      ids.map((id) => ({ id, afterSeq: 0, afterRev: 0 })),
    );
    expect(synced.map(({ id }) => id)).toEqual(ids);
    expect(synced.map(({ access }) => access)).toEqual(['lost', 'ok', 'lost', 'lost', 'lost']);
    const nothing = { messages: [], changes: [], headSeq: 0, headRev: 0, hasMore: false, reset: false };
    expect(synced[0]).toMatchObject(nothing);
  });

  it('is lost for strangers of every kind', async () => {
    await talk(1);
    for (const stranger of [aUser(), anAgent(), aPartner()]) {
      expect(await sync({}, stranger)).toMatchObject({ access: 'lost', count: 0, headSeq: 0 });
    }
  });

  it('keeps notes from users, also when it starts anew', async () => {
    await talk(1);
    await house.say(conversation, { private: true });
    const agent = anAgent({ organizationId: conversation.organizationId });
    for (const afterSeq of [0, 99]) {
      expect((await sync({ afterSeq })).count).toBe(1);
      expect((await sync({ afterSeq }, agent)).count).toBe(2);
    }
  });

  it('knows the heads of a user’s own conversations, and of those only', async () => {
    await talk(2);
    await talk(1, await house.add(scopeOf(conversation)));
    const heads = await service.headsOfUser(theUserOf(conversation));
    expect(heads).toEqual([{ id: conversation.id, headSeq: 2, headRev: 0 }]);
  });
});

function scopeOf({ organizationId, environmentId }: Conversation) {
  return { organizationId, environmentId };
}

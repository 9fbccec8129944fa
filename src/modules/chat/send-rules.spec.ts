import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Principal } from '../../common/access/principal.js';
import type { ModerationAction } from '../../contracts/tenants.js';
import type { Turns } from '../../infrastructure/limits/turns.js';
import type { EnvironmentService } from '../environment/environment.service.js';
import type { UserService } from '../user/user.service.js';
import type { Conversation } from './conversation.js';
import { aConversation, anAgent, aPartner, theUserOf } from './fakes/factories.fake.js';
import { SendRules } from './send-rules.js';

const NO_CONSENT = { consent: { required: false } };
const banned = (action: ModerationAction) => ({
  settings: { widget: NO_CONSENT, moderation: { bannedWords: ['spam'], action } },
});
const ASKING = {
  settings: { widget: { consent: { required: true } }, moderation: { bannedWords: [], action: 'refuse' } },
};

describe(SendRules.name, () => {
  const support = aConversation({ slowModeSeconds: 30 });
  const { organizationId } = support;
  const channel = aConversation({ organizationId, kind: 'channel', user: null, slowModeSeconds: 30 });
  const user = theUserOf(support);
  const agent = anAgent({ organizationId });
  const take = jest.fn<Turns['take']>();
  const findById = jest.fn<(id: string) => Promise<unknown>>();
  const hasConsented = jest.fn<UserService['hasConsented']>();
  let rules: SendRules;

  beforeEach(() => {
    jest.resetAllMocks();
    take.mockResolvedValue(0);
    rules = new SendRules(
      { findById } as unknown as EnvironmentService,
      { take } as unknown as Turns,
      { hasConsented } as unknown as UserService,
    );
  });

  const admit = (principal: Principal, conversation: Conversation, content = 'hello') =>
    rules.admit(principal, conversation, { content, clientMessageId: 'c1' });

  it('refuses who has not agreed where that is asked for, before it takes their turn', async () => {
    findById.mockResolvedValue(ASKING);
    hasConsented.mockResolvedValue(false);
    const refusal = { kind: 'forbidden', code: 'chat.consent_required' };
    await expect(admit(user, support)).rejects.toMatchObject(refusal);
    await expect(rules.assertConsented({ ...user, identity: 'verified' })).rejects.toMatchObject(refusal);
    expect(take).not.toHaveBeenCalled();
    await admit(agent, support);
    await admit(aPartner({ organizationId }), support);
    hasConsented.mockResolvedValue(true);
    await admit(user, support);
    expect(hasConsented).toHaveBeenLastCalledWith(user.environmentId, user.id);
  });

  it('refuses users a banned word, before it takes their turn', async () => {
    findById.mockResolvedValue(banned('refuse'));
    await expect(admit(user, support, 'SPAM')).rejects.toMatchObject({
      kind: 'invalid',
      code: 'chat.message_refused',
    });
    expect(take).not.toHaveBeenCalled();
    await admit(user, support, 'ham');
    await admit(agent, support, 'you wrote spam');
  });

  it('holds what has a banned word in it where that is wanted, and refuses it where nothing can be held', async () => {
    findById.mockResolvedValue(banned('hold'));
    expect(await admit(user, support, 'SPAM')).toEqual({ isHeld: true });
    expect(take).toHaveBeenCalledTimes(1);
    expect(await admit(user, support, 'ham')).toEqual({ isHeld: false });
    expect(await admit(agent, support, 'you wrote spam')).toEqual({ isHeld: false });
    await rules.checkFirst(user, 'spam');
    await expect(rules.checkWords(user, 'spam')).rejects.toMatchObject({ code: 'chat.message_refused' });
  });

  it('refuses a first message that it would not hold, before its conversation is there', async () => {
    findById.mockResolvedValue(banned('refuse'));
    await expect(rules.checkFirst(user, 'spam')).rejects.toMatchObject({ code: 'chat.message_refused' });
  });

  it('says how long to wait in slow mode, and knows a repeat by its clientMessageId', async () => {
    take.mockResolvedValue(12_000);
    await expect(admit(user, support)).rejects.toMatchObject({
      kind: 'rate_limited',
      code: 'chat.slow_mode',
      retry: { retryAfterMs: 12_000 },
    });
    expect(take.mock.calls).toEqual([[`slow-${support.id}-user:${user.id}`, 'c1', 30]]);
  });

  it.each<[string, Principal, Conversation, boolean]>([
    ['a user in support', user, support, true],
    ['an agent in support', agent, support, false],
    ['a partner in support', aPartner({ organizationId }), support, false],
    ['an agent in a channel', agent, channel, true],
    ['an admin in a channel', anAgent({ organizationId, role: 'admin' }), channel, false],
    ['an owner in a channel', anAgent({ organizationId, role: 'owner' }), channel, false],
    ['a user where it is off', user, { ...support, slowModeSeconds: 0 }, false],
  ])('slows down %s: %#', async (_, principal, conversation, isSlowed) => {
    await admit(principal, conversation);
    expect(take).toHaveBeenCalledTimes(isSlowed ? 1 : 0);
  });
});

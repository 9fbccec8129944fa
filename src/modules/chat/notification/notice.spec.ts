import { describe, expect, it } from '@jest/globals';
import { newId } from '../../../common/ids.js';
import type { NotificationSettings } from '../../../contracts/tenants.js';
import { FOR_GOOD, type Conversation, type Marker } from '../conversation.js';
import { aConversation, aMessage } from '../fakes/factories.fake.js';
import type { Message } from '../message.js';
import { noticeOf, type NoticeKind } from './notice.js';

const NOW = new Date('2026-11-20T09:00:00.000Z');
const ME = newId();
const OTHER = newId();

const QUIET = { enabled: false, from: '22:00', to: '08:00', days: [] };
const SETTINGS: NotificationSettings = {
  support: 'mine',
  team: 'all',
  push: true,
  email: true,
  sound: true,
  desktop: true,
  quietHours: QUIET,
};

interface Case {
  settings?: Partial<NotificationSettings>;
  conversation?: Partial<Conversation>;
  message?: Partial<Message>;
  marker?: Partial<Marker>;
}

function told({ settings, conversation: place, message: said, marker }: Case): NoticeKind | null {
  const conversation = aConversation(place);
  const { id: conversationId, environmentId } = conversation;
  const own: Marker = {
    conversationId,
    type: 'agent',
    principalId: ME,
    readSeq: 0,
    hasWritten: false,
    mutedUntil: null,
    ...marker,
  };
  const hearer = { id: ME, notifications: { ...SETTINGS, ...settings }, marker: own };
  return noticeOf(hearer, conversation, aMessage({ conversationId, environmentId, ...said }), NOW);
}

const byAgent = (id: string): Partial<Message> => ({
  sender: { type: 'agent', id, name: 'Jiwoo', avatarUrl: null },
});
const MENTION: Partial<Message> = { ...byAgent(OTHER), mentions: [{ type: 'agent', id: ME }] };
const THREAD: Partial<Message> = { threadRootId: newId() };
const team = (given: Partial<Conversation> = {}): Partial<Conversation> => ({
  kind: 'group',
  environmentId: null,
  user: null,
  memberIds: [ME, OTHER],
  ...given,
});
const assigned = (assigneeId: string, actorId = OTHER): Partial<Message> => ({
  type: 'system',
  private: true,
  sender: { type: 'system', id: 'system', name: 'System', avatarUrl: null },
  metadata: { event: 'assigned', actorType: 'agent', actorId, actorName: 'Jiwoo', assigneeId },
});

describe(noticeOf.name, () => {
  const cases: [name: string, expected: NoticeKind | null, given: Case][] = [
    ['what nobody has', 'message', {}],
    ['what I have', 'message', { conversation: { assigneeId: ME } }],
    ['nothing of what another has', null, { conversation: { assigneeId: OTHER } }],
    [
      'what another has and where I have written',
      'message',
      { conversation: { assigneeId: OTHER }, marker: { hasWritten: true } },
    ],
    [
      'what another has, when I want all',
      'message',
      { conversation: { assigneeId: OTHER }, settings: { support: 'all' } },
    ],
    ['mentions only, when I want no more', null, { settings: { support: 'mentions' } }],
    ['nothing at all, when I want nothing', null, { message: MENTION, settings: { support: 'none' } }],
    ['no answers of colleagues to users', null, { message: byAgent(OTHER) }],
    ['nothing of my own words', null, { conversation: team(), message: byAgent(ME) }],
    ['nothing of what was deleted', null, { message: { deletedAt: NOW } }],
    ['nothing of what is held', null, { message: { held: true } }],
    ['no note', null, { message: { ...byAgent(OTHER), private: true } }],
    ['a note that names me', 'mention', { message: { ...MENTION, private: true } }],
    ['a mention in what another has', 'mention', { conversation: { assigneeId: OTHER }, message: MENTION }],
    ['what a group says', 'message', { conversation: team(), message: byAgent(OTHER) }],
    [
      'nothing of a channel that I am not in',
      null,
      {
        conversation: team({ kind: 'channel', visibility: 'public', memberIds: [OTHER] }),
        message: byAgent(OTHER),
      },
    ],
    [
      'a mention in a public channel that I am not in',
      'mention',
      {
        conversation: team({ kind: 'channel', visibility: 'public', memberIds: [OTHER] }),
        message: MENTION,
      },
    ],
    [
      'no mention in a group that I am not in',
      null,
      { conversation: team({ memberIds: [OTHER] }), message: MENTION },
    ],
    [
      'nothing that stays in a thread',
      null,
      { conversation: team(), message: { ...byAgent(OTHER), ...THREAD } },
    ],
    ['a mention in a thread', 'mention', { conversation: team(), message: { ...MENTION, ...THREAD } }],
    [
      'a call to all',
      'mention',
      {
        conversation: team(),
        message: { ...byAgent(OTHER), mentionsAll: true },
        settings: { team: 'mentions' },
      },
    ],
    [
      'nothing else of a group, when I want mentions only',
      null,
      { conversation: team(), message: byAgent(OTHER), settings: { team: 'mentions' } },
    ],
    [
      'what is said to me alone, when I want mentions only',
      'message',
      { conversation: team({ kind: 'direct' }), message: byAgent(OTHER), settings: { team: 'mentions' } },
    ],
    [
      'nothing of the team, when I want nothing',
      null,
      { conversation: team(), message: MENTION, settings: { team: 'none' } },
    ],
    ['nothing of what I have muted', null, { marker: { mutedUntil: FOR_GOOD } }],
    ['what I had muted until now', 'message', { marker: { mutedUntil: NOW } }],
    ['a mention in what I have muted', 'mention', { message: MENTION, marker: { mutedUntil: FOR_GOOD } }],
    ['what is given to me', 'assigned', { conversation: { assigneeId: ME }, message: assigned(ME) }],
    [
      'what is given to me, when I want mentions only',
      'assigned',
      { conversation: { assigneeId: ME }, message: assigned(ME), settings: { support: 'mentions' } },
    ],
    ['nothing of what I take', null, { conversation: { assigneeId: ME }, message: assigned(ME, ME) }],
    [
      'nothing of what I was given and have lost',
      null,
      { conversation: { assigneeId: OTHER }, message: assigned(ME) },
    ],
    [
      'nothing of what is given to another',
      null,
      { conversation: { assigneeId: OTHER }, message: assigned(OTHER) },
    ],
    [
      'nothing of what is given to me in a muted one',
      null,
      { conversation: { assigneeId: ME }, message: assigned(ME), marker: { mutedUntil: FOR_GOOD } },
    ],
  ];

  it.each(cases)('tells of %s', (_, expected, given) => expect(told(given)).toBe(expected));
});

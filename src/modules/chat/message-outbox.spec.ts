import { describe, expect, it } from '@jest/globals';
import { readChatConfig } from '../../config/chat.config.js';
import { EnvReader } from '../../config/env-reader.js';
import { aMessage } from './fakes/factories.fake.js';
import { intentsOf, sidesOf } from './message-outbox.js';
import type { Message } from './message.js';

const NOW = new Date('2026-11-20T09:00:00.000Z');
const CONFIG = readChatConfig(new EnvReader({}));
const AGENT = { type: 'agent', id: 'a', name: 'Jiwoo', avatarUrl: null } as const;
const CALL = { mentions: [{ type: 'agent' as const, id: 'b' }] };
const TEAM = { environmentId: null, sender: AGENT };
const ASSIGNED = { event: 'assigned', actorId: 'a', assigneeId: 'b' };

describe(intentsOf.name, () => {
  const noticesOf = (given: Partial<Message>) =>
    intentsOf(aMessage(given), CONFIG, NOW)
      .filter(({ task }) => task === 'notify' || task === 'alert')
      .map(({ task, due }) => [task, (due.getTime() - NOW.getTime()) / 1000]);

  it.each<[name: string, given: Partial<Message>, expected: [task: string, seconds: number][]]>([
    ['what a user says', {}, [['notify', 90]]],
    ['an answer to a user', { sender: AGENT }, [['notify', 360]]],
    [
      'an answer that calls a colleague',
      { sender: AGENT, ...CALL },
      [
        ['notify', 360],
        ['alert', 90],
      ],
    ],
    ['a note', { sender: AGENT, private: true }, []],
    ['a note that calls a colleague', { sender: AGENT, private: true, ...CALL }, [['alert', 90]]],
    ['what is said in a group', TEAM, [['notify', 90]]],
    ['what stays in a thread', { ...TEAM, threadRootId: 'r' }, []],
    ['a call in a thread', { ...TEAM, threadRootId: 'r', ...CALL }, [['notify', 90]]],
    ['a call to all in a thread', { ...TEAM, threadRootId: 'r', mentionsAll: true }, [['notify', 90]]],
    [
      'an assignment',
      { type: 'system', metadata: ASSIGNED, sender: { ...AGENT, type: 'system' } },
      [['alert', 90]],
    ],
    ['any other event', { type: 'system', metadata: { event: 'joined' } }, []],
  ])('leaves its mark for %s', (_, given, expected) => expect(noticesOf(given)).toEqual(expected));
});

describe(sidesOf.name, () => {
  it('is nobody for what is held', () => {
    expect(sidesOf(aMessage({ held: true, ...CALL }))).toEqual([]);
  });
});

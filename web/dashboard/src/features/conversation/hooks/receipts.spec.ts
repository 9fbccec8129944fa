import type { Timeline, TimelineItem } from '@fast-light-chat/sdk';
import { describe, expect, it } from 'vitest';
import { aConversation, aMessage, anAgent, personOf, SELF } from '../../../test/factories';
import type { ConversationView, MessageView } from '../../../lib/wire';
import { receiptsOf } from './receipts';

const MATE = anAgent({ id: 'agent-2' });

function receipts(
  messages: Partial<MessageView>[],
  readMarkers: Record<string, number>,
  conversation: ConversationView = aConversation(),
) {
  const items: TimelineItem[] = messages.map((fields) => {
    const message = aMessage(fields);
    return { kind: 'message', key: message.id, message };
  });
  const timeline = { items, readMarkers, hasNewer: false } as unknown as Timeline;
  return Object.fromEntries(receiptsOf(timeline, conversation, SELF.id));
}

const own = { sender: personOf(SELF) };

describe('receiptsOf', () => {
  it('stands under the newest answer that the user has read, and under the newest', () => {
    const messages = [
      { seq: 1, ...own },
      { seq: 2, ...own, private: true },
      { seq: 3, sender: personOf(MATE) },
      { seq: 4 },
    ];
    expect(receipts(messages, { 'user:user-1': 2 })).toEqual({ 1: { readers: 1 }, 3: { readers: 0 } });
    expect(receipts(messages, { 'user:user-1': 4 })).toEqual({ 3: { readers: 1 } });
  });

  it('counts the readers among colleagues, of what one said oneself', () => {
    const participants = [SELF, MATE, anAgent({ id: 'agent-3' })].map((agent) => ({
      ...personOf(agent),
      type: 'agent' as const,
      readSeq: 0,
    }));
    const group = aConversation({ kind: 'group', user: undefined, participants });
    const messages = [
      { seq: 1, ...own },
      { seq: 2, sender: personOf(MATE) },
      { seq: 3, ...own },
    ];
    const read = { 'agent:agent-2': 3, 'agent:agent-3': 3, [`agent:${SELF.id}`]: 3 };
    expect(receipts(messages, read, group)).toEqual({ 3: { readers: 2 } });
    expect(receipts(messages, { ...read, 'agent:agent-3': 1 }, group)).toEqual({
      1: { readers: 1 },
      3: { readers: 1 },
    });
  });
});

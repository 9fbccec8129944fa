import type { MessageView, PersonView, SyncedConversation } from '../src/wire.js';

export const AGENT: PersonView = { type: 'agent', id: 'a1', name: 'Mina', avatarUrl: null };
export const USER: PersonView = { type: 'user', id: 'u1', name: 'Kim', avatarUrl: null };

export function aMessage(fields: Partial<MessageView> & { seq: number }): MessageView {
  return {
    id: `m${fields.seq}`,
    conversationId: 'c1',
    rev: 0,
    clientMessageId: null,
    type: 'text',
    sender: AGENT,
    content: `message ${fields.seq}`,
    attachments: [],
    mentions: [],
    mentionsAll: false,
    linkPreviews: [],
    threadRootId: null,
    alsoInConversation: false,
    thread: null,
    replyToId: null,
    reactions: [],
    private: false,
    held: false,
    pinned: false,
    metadata: {},
    state: 'complete',
    createdAt: '2026-01-01T00:00:00.000Z',
    editedAt: null,
    deletedAt: null,
    ...fields,
  };
}

export function messagesFrom(first: number, last: number): MessageView[] {
  return Array.from({ length: last - first + 1 }, (_, index) => aMessage({ seq: first + index }));
}

export function aSync(fields: Partial<SyncedConversation> = {}): SyncedConversation {
  return {
    id: 'c1',
    messages: [],
    changes: [],
    headSeq: fields.messages?.at(-1)?.seq ?? 0,
    headRev: 0,
    minSeq: 1,
    hasMore: false,
    reset: false,
    access: 'ok',
    ...fields,
  };
}

import type { ClientToServerEvents, ServerToClientEvents } from '../../contracts/socket.js';

interface Request {
  does: string;
  sends: string;
  answers: string;
}

interface Fact {
  tells: string;
  carries: string;
}

/** Complete by type: an event that is not described here does not compile. */
export const SOCKET_REQUESTS: Record<keyof ClientToServerEvents, Request> = {
  'message:send': {
    does: 'Sends a message; repeat it with the same `clientMessageId` until a final answer',
    sends: '{ conversationId, clientMessageId, content, ... }',
    answers: '{ message, duplicate }',
  },
  'message:edit': {
    does: 'Changes the text of an own message, and who is mentioned; repeating it changes nothing',
    sends: '{ conversationId, messageId, content, mentions?, mentionsAll? }',
    answers: '{ message }',
  },
  'message:delete': {
    does: 'Deletes an own message: a tombstone stays; admins may delete those of others',
    sends: '{ conversationId, messageId }',
    answers: '{ message }',
  },
  'message:react': {
    does: 'Puts the own reaction on a message, or takes it off',
    sends: '{ conversationId, messageId, emoji, on }',
    answers: '{ message }',
  },
  'conversation:create': {
    does: 'Starts a conversation, as `POST /v1/conversations`',
    sends: '{ clientConversationId?, message?, ... }',
    answers: '{ conversation, message? }',
  },
  'conversation:open': {
    does: 'Full events of a conversation from now on',
    sends: '{ conversationId }',
    answers: '{ headSeq, headRev }',
  },
  'conversation:close': { does: 'No more of them', sends: '{ conversationId }', answers: '{}' },
  'conversation:sync': {
    does: 'What was missed, of up to 50 conversations',
    sends: '{ conversations: [{ id, afterSeq, afterRev }] }',
    answers:
      '{ conversations: [{ id, messages, changes, headSeq, headRev, minSeq, hasMore, reset, access }], epoch }',
  },
  'conversation:read': {
    does: 'Moves the own read marker forward',
    sends: '{ conversationId, seq }',
    answers: '{ readSeq, unread }',
  },
  'typing:set': {
    does: 'Says that one types, or stopped',
    sends: '{ conversationId, typing }',
    answers: '{}',
  },
  'viewing:set': {
    does: 'An agent looks at a conversation, or no longer does; repeat it every 20 s, it is forgotten after 45 s',
    sends: '{ conversationId, viewing }',
    answers: '{}',
  },
  'presence:set': {
    does: 'An agent says how available it is',
    sends: '{ availability, statusText? }',
    answers: '{}',
  },
  'presence:watch': {
    does: 'The presence of up to 100 principals, and its changes from now on; those not visible are left out',
    sends: '{ principals: [{ type, id }] }',
    answers: '{ states: [{ principal, status, lastSeenAt }] }',
  },
  ping: { does: 'Asks for the time of the server', sends: '{}', answers: '{ serverTime }' },
};

export const SOCKET_FACTS: Record<keyof ServerToClientEvents, Fact> = {
  hello: { tells: 'The connection stands', carries: '{ principal, serverTime, epoch, heads }' },
  'message:created': { tells: 'A message', carries: '{ conversationId, message }' },
  'message:updated': { tells: 'A changed or deleted message', carries: '{ conversationId, message }' },
  'conversation:created': { tells: 'A conversation', carries: '{ conversation }' },
  'conversation:updated': { tells: 'Its newest summary', carries: '{ conversation }' },
  'conversation:read': {
    tells: 'Somebody has read up to here',
    carries: '{ conversationId, reader, readSeq }',
  },
  'conversation:removed': { tells: 'Access ended', carries: '{ conversationId }' },
  typing: { tells: 'Somebody types, or stopped', carries: '{ conversationId, sender, typing }' },
  'inbox:typing': {
    tells: 'Where users type, to all agents, at most once a second; believe it for 6 s. Never to users',
    carries: '{ conversationIds }',
  },
  viewing: {
    tells: 'Which agents look at it now, to agents who have it open; never to users',
    carries: '{ conversationId, agents: [{ id, name, avatarUrl }] }',
  },
  presence: {
    tells: 'A watched presence changed',
    carries: '{ principal, status, statusText?, lastSeenAt }',
  },
  heads: { tells: 'Where open conversations stand', carries: '{ heads: [{ id, headSeq, headRev }], epoch }' },
  notification: {
    tells:
      'Something to look at, for an agent who wants to hear of it: `kind` is message, mention or assigned. ' +
      'Messages come at most twice a second for a conversation, and not where it is open',
    carries: '{ kind, conversationId?, text }',
  },
  'organization:updated': { tells: 'Name or settings, to its agents', carries: '{ organization }' },
  'environment:updated': {
    tells: 'Settings, to agents and users of it',
    carries: '{ environmentId, settings? }',
  },
  'agent:updated': { tells: 'An agent changed, to colleagues', carries: '{ agent }' },
  'user:updated': { tells: 'A profile changed, to agents and own devices', carries: '{ user }' },
  'server:closing': {
    tells: 'This node goes; connect again after the time',
    carries: '{ reconnectAfterMs }',
  },
  slow_consumer: { tells: 'Too much was waiting; connect again and sync', carries: '{ reconnectAfterMs? }' },
  'session:ended': { tells: 'Signed out, disabled, erased or switched: this token is over', carries: '{}' },
};

import type {
  AgentView,
  ConversationView,
  EnvironmentView,
  LastMessageView,
  MessageView,
  OrganizationView,
  OwnAgentView,
  PersonView,
  SessionView,
  UserView,
} from '../lib/wire';

const T0 = Date.parse('2026-11-20T09:00:00.000Z');

/** Minutes after the tests' own nine o'clock. */
export const at = (minutes: number) => new Date(T0 + minutes * 60_000).toISOString();

export const SELF: OwnAgentView = {
  ...anAgent({ id: 'agent-1', name: 'Seoyeon', role: 'owner' }),
  preferences: { language: null, timeZone: null, theme: 'system' },
};

export function anAgent(fields: Partial<AgentView> = {}): AgentView {
  return {
    id: 'agent-2',
    name: 'Jihoon',
    email: 'jihoon@example.com',
    role: 'agent',
    avatarUrl: null,
    availability: 'available',
    statusText: null,
    statusEmoji: null,
    statusExpiresAt: null,
    presence: 'offline',
    ...fields,
  };
}

export const ORGANIZATION: OrganizationView = {
  id: 'org-1',
  name: 'Moonlight',
  slug: 'moonlight',
  settings: { language: 'en', timeZone: 'Asia/Seoul' },
  createdAt: at(0),
};

export function aSession(agent: AgentView = SELF): SessionView {
  return {
    accessToken: 'access-1',
    refreshToken: 'refresh-1',
    expiresIn: 900,
    agent: { preferences: SELF.preferences, ...agent },
    organization: ORGANIZATION,
  };
}

export const USER_PERSON: PersonView = { type: 'user', id: 'user-1', name: 'Minjun', avatarUrl: null };
export const personOf = (agent: AgentView): PersonView => ({
  type: 'agent',
  id: agent.id,
  name: agent.name,
  avatarUrl: null,
});

export function aLastMessage(fields: Partial<LastMessageView> = {}): LastMessageView {
  return {
    id: 'message-1',
    seq: 1,
    type: 'text',
    sender: USER_PERSON,
    content: 'Where is my parcel?',
    private: false,
    createdAt: at(1),
    ...fields,
  };
}

export function aConversation(fields: Partial<ConversationView> = {}): ConversationView {
  return {
    id: 'conversation-1',
    kind: 'support',
    environmentId: 'environment-1',
    status: 'open',
    subject: null,
    user: USER_PERSON,
    assignee: null,
    team: null,
    participants: [{ ...USER_PERSON, type: 'user', readSeq: 0 }],
    priority: 'normal',
    tags: [],
    metadata: {},
    traceId: 'trace-1',
    headSeq: 1,
    headRev: 0,
    lastMessage: aLastMessage(),
    unread: 1,
    snoozedUntil: null,
    createdAt: at(0),
    updatedAt: at(1),
    description: null,
    archivedAt: null,
    slowModeSeconds: 0,
    ...fields,
  };
}

export function aMessage(fields: Partial<MessageView> = {}): MessageView {
  return {
    id: `message-${fields.seq ?? 1}`,
    conversationId: 'conversation-1',
    seq: 1,
    rev: 0,
    clientMessageId: null,
    type: 'text',
    sender: USER_PERSON,
    content: 'Where is my parcel?',
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
    createdAt: at(1),
    editedAt: null,
    deletedAt: null,
    ...fields,
  };
}

export function aUser(fields: Partial<UserView> = {}): UserView {
  return {
    id: 'user-1',
    memberId: 'm-1',
    identity: 'verified',
    profile: { name: 'Minjun', email: 'minjun@example.com', phone: null, avatarUrl: null },
    tags: [],
    language: 'ko',
    unread: 0,
    presence: 'online',
    lastSeenAt: at(1),
    blockedAt: null,
    consentedAt: null,
    page: null,
    devices: [],
    createdAt: at(0),
    ...fields,
  };
}

/** A private channel of the agents, made by the first of them. */
export function aChannel(agents: AgentView[], fields: Partial<ConversationView> = {}): ConversationView {
  return aConversation({
    kind: 'channel',
    environmentId: null,
    name: 'refunds',
    visibility: 'private',
    user: undefined,
    participants: agents.map(({ id, name }) => ({ type: 'agent', id, name, avatarUrl: null, readSeq: 0 })),
    lastMessage: null,
    headSeq: 0,
    unread: 0,
    createdBy: { type: 'agent', id: agents[0]!.id },
    ...fields,
  });
}

export function anEnvironment(): EnvironmentView {
  return {
    id: 'environment-1',
    name: 'Live',
    pluginKey: 'pk_1',
    allowedOrigins: [],
    identityVerification: 'optional',
    settings: {
      widget: {
        color: '#2347c5',
        position: 'right',
        title: 'Moonlight',
        greeting: { ko: '안녕하세요', en: 'Hi', ja: 'こんにちは' },
        theme: 'system',
        spacing: { side: 20, bottom: 20 },
        launcherText: null,
        replyTime: null,
        askEmail: true,
        askRating: true,
        consent: {
          required: false,
          text: { ko: '동의합니다.', en: 'I agree.', ja: '同意します。' },
          url: null,
        },
        preChat: { enabled: false, fields: [] },
      },
      limits: { messagesPerMinute: 60, anonymousMessagesPerMinute: 20, typingPerMinute: 10 },
      linkPreviews: false,
      moderation: { bannedWords: [], action: 'refuse' },
      files: { maxBytes: 5 * 1024 * 1024 },
      officeHours: {
        enabled: false,
        timeZone: 'Asia/Seoul',
        weekly: [{ day: 1, from: '09:00', to: '18:00' }],
        holidays: [],
      },
    },
  };
}

import type {
  BootView,
  ConversationView,
  MessageView,
  PersonView,
  WidgetSettings,
} from '@fast-light-chat/sdk';

export const AGENT: PersonView = { type: 'agent', id: 'a1', name: 'Mina', avatarUrl: null };
export const USER: PersonView = { type: 'user', id: 'u1', name: '', avatarUrl: null };
const AT = '2026-01-05T10:00:00.000Z';

export const SETTINGS: WidgetSettings = {
  color: '#3d6b45',
  position: 'right',
  title: 'Tea House',
  greeting: { ko: '안녕하세요!', en: 'Welcome!', ja: 'ようこそ！' },
  theme: 'system',
  spacing: { side: 20, bottom: 20 },
  launcherText: null,
  replyTime: null,
  askEmail: false,
  askRating: false,
  consent: { required: false, text: { ko: '동의합니다.', en: 'I agree.', ja: '同意します。' }, url: null },
  preChat: { enabled: false, fields: [] },
};

export function aBoot(fields: Partial<BootView> = {}): BootView {
  return {
    userToken: 't1',
    expiresIn: 900,
    visitorToken: 'v1',
    user: {
      id: 'u1',
      memberId: null,
      identity: 'anonymous',
      profile: { name: null, email: null, phone: null, avatarUrl: null },
      tags: [],
      language: null,
      unread: 0,
      presence: 'online',
      lastSeenAt: null,
      blockedAt: null,
      consentedAt: null,
      page: null,
      devices: [],
      createdAt: AT,
    },
    environment: {
      id: 'e1',
      name: 'live',
      settings: SETTINGS,
      online: true,
      officeHours: null,
      maxFileBytes: 20 * 1024 * 1024,
    },
    unread: 0,
    ...fields,
  };
}

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
    createdAt: AT,
    editedAt: null,
    deletedAt: null,
    ...fields,
  };
}

export function aConversation(fields: Partial<ConversationView> = {}): ConversationView {
  return {
    id: 'c1',
    kind: 'support',
    environmentId: 'e1',
    status: 'open',
    subject: null,
    user: USER,
    assignee: null,
    team: null,
    participants: [],
    priority: 'normal',
    tags: [],
    metadata: {},
    traceId: 't',
    headSeq: 0,
    headRev: 0,
    lastMessage: null,
    unread: 0,
    snoozedUntil: null,
    createdAt: AT,
    updatedAt: AT,
    description: null,
    archivedAt: null,
    slowModeSeconds: 0,
    ...fields,
  };
}

import { Clock } from '../../../common/clock.js';
import type { DomainEventBus } from '../../../common/events/domain-events.js';
import type { AppConfig } from '../../../config/app-config.js';
import { readChatConfig } from '../../../config/chat.config.js';
import { EnvReader } from '../../../config/env-reader.js';
import type { FileLinkService } from '../../file/file-link.service.js';
import type { UserService } from '../../user/user.service.js';
import { ConversationAccess } from '../conversation-access.js';
import type { Conversation } from '../conversation.js';
import type { ConversationDraft } from '../conversation.repository.js';
import type { MessageDraft } from '../message.js';
import { MessageViews } from '../message-views.js';
import { UnreadCounts } from '../unread-counts.js';
import { aConversationDraft, aDraft } from './factories.fake.js';
import { InMemoryConversationRepository } from './in-memory-conversation.repository.fake.js';
import { InMemoryMarkerRepository } from './in-memory-marker.repository.fake.js';
import { InMemoryMessageRepository } from './in-memory-message.repository.fake.js';

export const NOW = new Date('2026-11-20T09:00:00.000Z');

class StillClock extends Clock {
  override now(): Date {
    return NOW;
  }
}

interface Published {
  name: string;
  payload: unknown;
}

/** Everything that the services of this module stand on, in memory and with the time standing still. */
export function aHouse() {
  const messages = new InMemoryMessageRepository();
  const conversations = new InMemoryConversationRepository();
  const markers = new InMemoryMarkerRepository();
  const published: Published[] = [];
  const events = {
    publish: (name: string, payload: unknown) => published.push({ name, payload }),
  } as unknown as DomainEventBus;
  const config = {
    chat: readChatConfig(new EnvReader({})),
    server: { publicUrl: 'https://chat.example' },
  } as AppConfig;
  const unread = new UnreadCounts(messages, markers, conversations);
  const views = new MessageViews({
    attachmentView: (file) => ({ ...file, url: `/files/${file.id}` }),
  } as FileLinkService);
  const blockedIds = new Set<string>();
  const users = {
    isBlocked: (_: string, id: string) => Promise.resolve(blockedIds.has(id)),
  } as unknown as UserService;
  const access = new ConversationAccess(conversations, users);

  const add = async (given: Partial<ConversationDraft> = {}): Promise<Conversation> => {
    const draft = aConversationDraft(given);
    return (await conversations.create({ organizationId: draft.organizationId }, draft)).conversation;
  };
  const say = async (
    { organizationId, environmentId, id }: Conversation,
    given: Partial<MessageDraft> = {},
  ) => {
    const draft = aDraft({ organizationId, environmentId, conversationId: id, ...given });
    return (await messages.append({ organizationId }, draft)).message;
  };
  return {
    messages,
    conversations,
    markers,
    published,
    events,
    config,
    unread,
    views,
    blockedIds,
    users,
    access,
    clock: new StillClock(),
    add,
    say,
  };
}

export type House = ReturnType<typeof aHouse>;

import { Global, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AgentModule } from '../agent/agent.module.js';
import { EnvironmentModule } from '../environment/environment.module.js';
import { Backlog } from '../../infrastructure/queue/backlog.js';
import { registerQueue } from '../../infrastructure/queue/register-queue.js';
import { FileModule } from '../file/file.module.js';
import { FileAudience } from '../file/ports.js';
import { UserContentEraser, UserContentExporter, UnreadCounter } from '../user/ports.js';
import { OrganizationModule } from '../organization/organization.module.js';
import { UserModule } from '../user/user.module.js';
import { AwayNotifier } from './away-notifier.js';
import { BotMessageService } from './bot-message.service.js';
import { ChatFileAudience } from './chat-file-audience.js';
import { ChatGateway } from './chat.gateway.js';
import { CHAT_QUEUE } from './chat.jobs.js';
import { ConversationAccess } from './conversation-access.js';
import { ConversationBulkService } from './conversation-bulk.service.js';
import { ConversationContent } from './conversation-content.js';
import { ConversationController } from './conversation.controller.js';
import { ConversationRepository } from './conversation.repository.js';
import { ConversationLog } from './conversation-log.js';
import { ConversationService } from './conversation.service.js';
import { ConversationViews } from './conversation-views.js';
import { Epoch } from './epoch.js';
import { ConversationExportController } from './export/conversation-export.controller.js';
import { ConversationExportService } from './export/conversation-export.service.js';
import { HeadsBeacon } from './heads-beacon.js';
import { HeldMessageController } from './held-message.controller.js';
import { HeldMessageService } from './held-message.service.js';
import { InboxBroadcast } from './inbox-broadcast.js';
import { InboxTyping } from './inbox-typing.js';
import { InboxCountRepository } from './inbox-count.repository.js';
import { InboxCountService } from './inbox-count.service.js';
import { LinkPreviewQueue } from './link-preview-queue.js';
import { ForgetTeamListener } from './listeners/forget-team.listener.js';
import { RenameUserListener } from './listeners/rename-user.listener.js';
import { TellMentionedListener } from './listeners/tell-mentioned.listener.js';
import { LoneNodes } from './lone-nodes.js';
import { MarkerRepository } from './marker.repository.js';
import { Mentions } from './mentions.js';
import { MessageChangeController } from './message-change.controller.js';
import { MessageChangeService } from './message-change.service.js';
import { MessageController } from './message.controller.js';
import { MessageBacklog } from './message-backlog.js';
import { MessageEffects } from './message-effects.js';
import { MessageRepository } from './message.repository.js';
import { MessageHistoryService } from './message-history.service.js';
import { MessageService } from './message.service.js';
import { MessagePinsService } from './message-pins.service.js';
import { MessageViews } from './message-views.js';
import { OutboxRelay } from './outbox-relay.js';
import { OutwardConversations } from './outward-conversations.js';
import { OutwardMessages } from './outward-messages.js';
import { DIGESTS, digestSchema, NOTICES, noticeSchema } from './persistence/notice.schema.js';
import { MongoDigestRepository } from './persistence/mongo-digest.repository.js';
import { MongoInboxCountRepository } from './persistence/mongo-inbox-count.repository.js';
import { MongoNoticeRepository } from './persistence/mongo-notice.repository.js';
import { DigestRepository } from './notification/digest.repository.js';
import { NoticeBroadcast } from './notification/notice-broadcast.js';
import { NoticeRepository } from './notification/notice.repository.js';
import { WithdrawPushListener } from './listeners/withdraw-push.listener.js';
import { ACTIVITY, activitySchema } from './persistence/activity.schema.js';
import { CONVERSATIONS, conversationSchema } from './persistence/conversation.schema.js';
import { MARKERS, markerSchema } from './persistence/marker.schema.js';
import { MESSAGES, messageSchema } from './persistence/message.schema.js';
import { MongoConversationRepository } from './persistence/mongo-conversation.repository.js';
import { MongoActivityRepository } from './persistence/mongo-activity.repository.js';
import { MongoMarkerRepository } from './persistence/mongo-marker.repository.js';
import { MongoMessageRepository } from './persistence/mongo-message.repository.js';
import { MongoOverviewRepository } from './persistence/mongo-overview.repository.js';
import { ActivityCounter } from './overview/activity-counter.js';
import { ActivityRepository } from './overview/activity.repository.js';
import { OverviewController } from './overview/overview.controller.js';
import { OverviewRepository } from './overview/overview.repository.js';
import { OverviewService } from './overview/overview.service.js';
import { MuteService } from './mute.service.js';
import { ReadMarkerService } from './read-marker.service.js';
import { RoomWarden } from './room-warden.js';
import { SendRules } from './send-rules.js';
import { MessageIndex } from './search/message-index.js';
import { MessageIndexer } from './search/message-indexer.js';
import { MessageSearchController } from './search/message-search.controller.js';
import { MessageSearchService } from './search/message-search.service.js';
import { PostgresMessageIndex } from './search/postgres-message-index.js';
import { SyncService } from './sync.service.js';
import { ThreadCounts } from './thread-counts.js';
import { UnreadCounts } from './unread-counts.js';
import { ViewerStore } from './viewing/viewer-store.js';
import { ViewingGateway } from './viewing/viewing.gateway.js';
import { ViewingService } from './viewing/viewing.service.js';
import { ChatContentEraser, ChatContentExporter } from './user-content.js';

/** Global for the ports of the user and file modules only, which stand to the left and cannot import this one. */
@Global()
@Module({
  imports: [
    MongooseModule.forFeature([
      { name: MESSAGES, schema: messageSchema },
      { name: CONVERSATIONS, schema: conversationSchema },
      { name: MARKERS, schema: markerSchema },
      { name: NOTICES, schema: noticeSchema },
      { name: DIGESTS, schema: digestSchema },
      { name: ACTIVITY, schema: activitySchema },
    ]),
    registerQueue(CHAT_QUEUE),
    EnvironmentModule,
    AgentModule,
    OrganizationModule,
    UserModule,
    FileModule,
  ],
  controllers: [
    ConversationController,
    MessageController,
    MessageChangeController,
    HeldMessageController,
    ConversationExportController,
    MessageSearchController,
    OverviewController,
  ],
  providers: [
    ConversationService,
    ConversationBulkService,
    InboxCountService,
    ConversationLog,
    MessageHistoryService,
    MessageService,
    SendRules,
    MessageChangeService,
    MessagePinsService,
    HeldMessageService,
    ReadMarkerService,
    MuteService,
    SyncService,
    ConversationExportService,
    UnreadCounts,
    ConversationAccess,
    ConversationContent,
    ConversationViews,
    MessageViews,
    MessageEffects,
    ThreadCounts,
    MessageIndexer,
    MessageSearchService,
    OutboxRelay,
    OutwardMessages,
    BotMessageService,
    OutwardConversations,
    AwayNotifier,
    LinkPreviewQueue,
    InboxBroadcast,
    InboxTyping,
    HeadsBeacon,
    LoneNodes,
    RoomWarden,
    Epoch,
    ChatGateway,
    OverviewService,
    ActivityCounter,
    ViewerStore,
    ViewingService,
    ViewingGateway,
    RenameUserListener,
    ForgetTeamListener,
    TellMentionedListener,
    WithdrawPushListener,
    NoticeBroadcast,
    Mentions,
    { provide: MessageRepository, useClass: MongoMessageRepository },
    { provide: ConversationRepository, useClass: MongoConversationRepository },
    { provide: InboxCountRepository, useClass: MongoInboxCountRepository },
    { provide: OverviewRepository, useClass: MongoOverviewRepository },
    { provide: ActivityRepository, useClass: MongoActivityRepository },
    { provide: MarkerRepository, useClass: MongoMarkerRepository },
    { provide: NoticeRepository, useClass: MongoNoticeRepository },
    { provide: DigestRepository, useClass: MongoDigestRepository },
    { provide: FileAudience, useClass: ChatFileAudience },
    { provide: MessageIndex, useClass: PostgresMessageIndex },
    { provide: Backlog, useClass: MessageBacklog },
    { provide: UnreadCounter, useExisting: UnreadCounts },
    { provide: UserContentEraser, useClass: ChatContentEraser },
    { provide: UserContentExporter, useClass: ChatContentExporter },
  ],
  exports: [
    BotMessageService,
    ConversationService,
    ConversationRepository,
    MessageRepository,
    MarkerRepository,
    NoticeRepository,
    DigestRepository,
    AwayNotifier,
    UnreadCounter,
    Backlog,
    FileAudience,
    UserContentEraser,
    UserContentExporter,
  ],
})
export class ChatModule {}

/** The wire types as the SDK's users see them; the server owns them. */
export type {
  Ack,
  FieldFault,
  IsoTime,
  Page,
  PresenceStatus,
  PrincipalRef,
  WireError,
} from '../../../src/contracts/common.js';
export type {
  AttachmentView,
  ChangedMessage,
  ConversationHead,
  ConversationView,
  CreateConversationBody,
  CreatedConversation,
  MessageHistory,
  MessageView,
  PersonView,
  ReactionView,
  ReadMarker,
  SendMessageBody,
  SentMessage,
  SyncedConversation,
  SyncPoint,
} from '../../../src/contracts/chat.js';
export type {
  ClientToServerEvents,
  Hello,
  PresenceState,
  ServerToClientEvents,
  SocketAuth,
} from '../../../src/contracts/socket.js';
export type {
  BootEnvironment,
  BootRequest,
  BootView,
  PageVisit,
  TrackEventBody,
  UpdateSelfBody,
  UserProfile,
  UserView,
} from '../../../src/contracts/users.js';
export type { OfficeHoursView, WidgetSettings } from '../../../src/contracts/tenants.js';

import type {
  ConversationKind,
  ConversationStatus,
  MessageState,
  MessageView,
  PersonView,
  SystemEvent,
} from '../../../contracts/chat.js';
import { sentenceOf } from '../system-event.js';

export type ExportLanguage = 'ko' | 'en';

/** Everything that an export says besides what people wrote. */
export interface ExportWords {
  language: ExportLanguage;
  /** Down to the second, in UTC. */
  time: (time: string | Date) => string;
  conversation: string;
  participants: string;
  began: string;
  exported: string;
  kinds: Record<ConversationKind, string>;
  statuses: Record<ConversationStatus, string>;
  people: Record<PersonView['type'], string>;
  states: Record<Exclude<MessageState, 'complete'>, string>;
  untitled: (kind: string) => string;
  note: string;
  held: string;
  pinned: string;
  edited: (time: string) => string;
  deleted: string;
  deletedAt: (time: string) => string;
  file: string;
  files: string;
  reactions: string;
  /** What was done to the conversation, as a sentence. */
  event: (event: SystemEvent) => string;
}

const EN: ExportWords = {
  language: 'en',
  time: timesIn('en', 'short'),
  conversation: 'Conversation',
  participants: 'Participants',
  began: 'Began',
  exported: 'Exported',
  kinds: { support: 'support', direct: 'direct', group: 'group', channel: 'channel' },
  statuses: { open: 'open', pending: 'pending', snoozed: 'snoozed', resolved: 'resolved' },
  people: { user: 'user', agent: 'agent', bot: 'bot', system: 'system' },
  states: {
    streaming: 'still being written',
    cancelled: 'cancelled',
    failed: 'failed',
    interrupted: 'interrupted',
  },
  untitled: (kind) => `${kind} conversation`,
  note: 'note between agents',
  held: 'waits to be checked',
  pinned: 'pinned',
  edited: (time) => `edited ${time}`,
  deleted: 'deleted',
  deletedAt: (time) => `deleted ${time}`,
  file: 'file',
  files: 'Files',
  reactions: 'reactions',
  event: sentenceOf,
};

const KO: ExportWords = {
  language: 'ko',
  time: timesIn('ko', 'long'),
  conversation: '대화',
  participants: '참여자',
  began: '시작',
  exported: '내보낸 시각',
  kinds: { support: '상담', direct: '다이렉트 메시지', group: '그룹', channel: '채널' },
  statuses: { open: '진행 중', pending: '대기', snoozed: '보류', resolved: '해결' },
  people: { user: '고객', agent: '상담원', bot: '봇', system: '시스템' },
  states: { streaming: '작성 중', cancelled: '취소됨', failed: '실패', interrupted: '중단됨' },
  untitled: (kind) => `${kind} 대화`,
  note: '상담원 메모',
  held: '검토 대기',
  pinned: '고정됨',
  edited: (time) => `${time} 수정`,
  deleted: '삭제됨',
  deletedAt: (time) => `${time} 삭제됨`,
  file: '파일',
  files: '파일',
  reactions: '반응',
  event: inKorean,
};

export const EXPORT_WORDS: Record<ExportLanguage, ExportWords> = { ko: KO, en: EN };

/** What a message says: its own words, or, of the system's, what happened in the words of the export. */
export function spokenBy(
  { type, content, metadata }: Pick<MessageView, 'type' | 'content' | 'metadata'>,
  words: ExportWords,
): string {
  return type === 'system' && isEvent(metadata) ? words.event(metadata) : content;
}

const EVENTS: Record<SystemEvent['event'], true> = {
  assigned: true,
  team_assigned: true,
  status_changed: true,
  participants_added: true,
  participants_removed: true,
  joined: true,
  left: true,
  renamed: true,
  archived: true,
  unarchived: true,
};

function isEvent(metadata: object): metadata is SystemEvent {
  return 'event' in metadata && typeof metadata.event === 'string' && Object.hasOwn(EVENTS, metadata.event);
}

function timesIn(language: ExportLanguage, month: 'short' | 'long'): ExportWords['time'] {
  const format = new Intl.DateTimeFormat(language, {
    ...{ year: 'numeric', month, day: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
    timeZone: 'UTC',
  });
  return (time) => `${format.format(new Date(time))} UTC`;
}

/** With 님 behind each name, so that what follows fits whatever the name ends in. */
function inKorean(event: SystemEvent): string {
  const who = event.actorType === 'system' ? '시스템이' : `${event.actorName}님이`;
  switch (event.event) {
    case 'assigned':
      return event.assigneeName === null
        ? `${who} 배정을 해제했습니다`
        : `${who} ${event.assigneeName}님에게 배정했습니다`;
    case 'team_assigned':
      return event.teamName === null
        ? `${who} 팀 배정을 해제했습니다`
        : `${who} ${event.teamName} 팀에 배정했습니다`;
    case 'status_changed': {
      const { previousStatus, status } = event;
      return `${who} 상태를 바꿨습니다: ${KO.statuses[previousStatus]} → ${KO.statuses[status]}`;
    }
    case 'participants_added':
      return `${who} ${all(event.agentNames)}을 초대했습니다`;
    case 'participants_removed':
      return `${who} ${all(event.agentNames)}을 내보냈습니다`;
    case 'joined':
      return `${who} 참여했습니다`;
    case 'left':
      return `${who} 나갔습니다`;
    case 'renamed':
      return `${who} 이름을 바꿨습니다: ${event.name}`;
    case 'archived':
      return `${who} 보관했습니다`;
    case 'unarchived':
      return `${who} 보관을 해제했습니다`;
  }
}

function all(names: readonly string[]): string {
  return names.map((name) => `${name}님`).join(', ');
}

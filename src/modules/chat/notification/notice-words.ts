import { previewOf, type Message } from '../message.js';
import type { NoticeKind } from './notice.js';

const WORDS = {
  ko: { assigned: (who: string) => `${who} 님이 대화를 배정했습니다`, file: '파일을 보냈습니다' },
  en: { assigned: (who: string) => `${who} assigned this to you`, file: 'sent a file' },
};

/** What somebody said, or did, in a line. */
export function lineOf(kind: NoticeKind, message: Message, language: 'ko' | 'en'): string {
  if (kind === 'assigned') return WORDS[language].assigned(String(message.metadata['actorName']));
  return `${message.sender.name}: ${saidIn(message, language)}`;
}

/** In a line as well. */
export function saidIn({ content }: Pick<Message, 'content'>, language: 'ko' | 'en'): string {
  const said = allSaidIn({ content }, language);
  const shown = previewOf(said);
  return shown === said ? said : `${shown}…`;
}

/** Who sent nothing but files has said something, too. */
export function allSaidIn({ content }: Pick<Message, 'content'>, language: 'ko' | 'en'): string {
  return content.trim() === '' ? WORDS[language].file : content;
}

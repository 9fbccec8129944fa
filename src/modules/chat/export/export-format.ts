import type { ConversationView, MessageView } from '../../../contracts/chat.js';
import type { ExportWords } from './export-words.js';

/** What stands at the head of an exported conversation. */
export interface ExportSheet {
  title: string;
  conversation: ConversationView;
  exportedAt: Date;
}

/** The message that another one answers, as far as the reader may see it. */
export interface AnsweredMessage {
  id: string;
  seq: number;
  name: string;
  /** Null: deleted. */
  text: string | null;
}

export interface ExportedMessage {
  message: MessageView;
  answered: AnsweredMessage | null;
}

/** Writes a conversation piece by piece: the head, each message, the end. Joined they are one document. */
export interface ExportFormat {
  type: string;
  extension: string;
  /** Does it show what a message answers? Else nobody has to look for it. */
  hasQuotes: boolean;
  head(sheet: ExportSheet): string;
  message(item: ExportedMessage, isFirst: boolean): string;
  end(): string;
}

export type ExportFormatName = 'json' | 'text' | 'html';

export function sizeOf(bytes: number): string {
  if (bytes < 1_024) return `${bytes} B`;
  if (bytes < 1_024 ** 2) return `${(bytes / 1_024).toFixed(1)} KB`;
  return `${(bytes / 1_024 ** 2).toFixed(1)} MB`;
}

/** What is said of a message besides its words: a note, held, pinned, edited, still being written. */
export function remarksOn(message: MessageView, words: ExportWords): string[] {
  const { private: isNote, held, pinned, editedAt, state } = message;
  return [
    ...(isNote ? [words.note] : []),
    ...(held ? [words.held] : []),
    ...(pinned ? [words.pinned] : []),
    ...(editedAt ? [words.edited(words.time(editedAt))] : []),
    ...(state === 'complete' ? [] : [words.states[state]]),
  ];
}

import type { AttachmentView, MessageView } from '../../../contracts/chat.js';
import {
  inUtc,
  remarksOn,
  sizeOf,
  type AnsweredMessage,
  type ExportFormat,
  type ExportSheet,
} from './export-format.js';

const LINE_ENDS = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/;
// eslint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
const INDENT = '    ';

/** For reading without any program. What somebody wrote is indented, so that it cannot look like another message. */
export const TEXT_EXPORT: ExportFormat = {
  type: 'text/plain; charset=utf-8',
  extension: 'txt',
  hasQuotes: true,

  head(sheet) {
    return `${headLines(sheet).join('\n')}\n`;
  },

  message({ message, answered }) {
    const lines = [
      ...(answered ? [`> ${quoteOf(answered)}`] : []),
      ...wordsOf(message),
      ...message.attachments.map((file) => `[file] ${fileOf(file)}`),
      ...reactionsOf(message),
    ];
    return `\n${headingOf(message)}\n${lines.map((line) => `${INDENT}${line}\n`).join('')}`;
  },

  end() {
    return '';
  },
};

function headLines({ title, conversation, exportedAt }: ExportSheet): string[] {
  const { id, kind, status, participants, createdAt } = conversation;
  const people = participants.map(({ name, type }) => `${oneLine(name)} (${type})`).join(', ');
  return [
    oneLine(title),
    `Conversation: ${id} (${kind}, ${status})`,
    `Participants: ${people}`,
    `Began: ${inUtc(createdAt)}`,
    `Exported: ${inUtc(exportedAt)}`,
  ];
}

function headingOf(message: MessageView): string {
  const { seq, createdAt, sender } = message;
  const remarks = remarksOn(message).map((remark) => ` · ${remark}`);
  return `#${seq}  ${inUtc(createdAt)}  ${oneLine(sender.name)} (${sender.type})${remarks.join('')}`;
}

function wordsOf({ content, deletedAt }: MessageView): string[] {
  if (deletedAt) return [`(deleted ${inUtc(deletedAt)})`];
  if (content === '') return [];
  return content.split(LINE_ENDS).map((line) => line.replace(CONTROLS, ''));
}

function quoteOf({ seq, name, text }: AnsweredMessage): string {
  return `#${seq} ${oneLine(name)}: ${text === null ? '(deleted)' : oneLine(text)}`;
}

function fileOf({ name, mimeType, size }: AttachmentView): string {
  return `${oneLine(name)} (${oneLine(mimeType)}, ${sizeOf(size)})`;
}

function reactionsOf({ reactions }: MessageView): string[] {
  if (reactions.length === 0) return [];
  return [`[reactions] ${reactions.map(({ emoji, count }) => `${oneLine(emoji)} ${count}`).join(', ')}`];
}

function oneLine(text: string): string {
  return text.split(LINE_ENDS).join(' ').replace(CONTROLS, '');
}

import type { AttachmentView, MessageView, PersonView } from '../../../contracts/chat.js';
import {
  remarksOn,
  sizeOf,
  type AnsweredMessage,
  type ExportFormat,
  type ExportSheet,
} from './export-format.js';
import { spokenBy, type ExportWords } from './export-words.js';

const LINE_ENDS = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/;
// eslint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
const INDENT = '    ';

/** For reading without any program. What somebody wrote is indented, so that it cannot look like another message. */
export function textExport(words: ExportWords): ExportFormat {
  return {
    type: 'text/plain; charset=utf-8',
    extension: 'txt',
    hasQuotes: true,
    head: (sheet) => `${headLines(sheet, words).join('\n')}\n`,
    message: ({ message, answered }) => {
      const lines = [
        ...(answered ? [`> ${quoteOf(answered, words)}`] : []),
        ...wordsOf(message, words),
        ...message.attachments.map((file) => `[${words.file}] ${fileOf(file)}`),
        ...reactionsOf(message, words),
      ];
      return `\n${headingOf(message, words)}\n${lines.map((line) => `${INDENT}${line}\n`).join('')}`;
    },
    end: () => '',
  };
}

function headLines({ title, conversation, exportedAt }: ExportSheet, words: ExportWords): string[] {
  const { id, kind, status, participants, createdAt } = conversation;
  const people = participants.map((person) => personOf(person, words)).join(', ');
  return [
    oneLine(title),
    `${words.conversation}: ${id} (${words.kinds[kind]}, ${words.statuses[status]})`,
    `${words.participants}: ${people}`,
    `${words.began}: ${words.time(createdAt)}`,
    `${words.exported}: ${words.time(exportedAt)}`,
  ];
}

function headingOf(message: MessageView, words: ExportWords): string {
  const { seq, createdAt, sender } = message;
  const remarks = remarksOn(message, words).map((remark) => ` · ${remark}`);
  return `#${seq}  ${words.time(createdAt)}  ${personOf(sender, words)}${remarks.join('')}`;
}

function personOf({ type, name }: Pick<PersonView, 'type' | 'name'>, words: ExportWords): string {
  return type === 'system' ? words.people.system : `${oneLine(name)} (${words.people[type]})`;
}

function wordsOf(message: MessageView, words: ExportWords): string[] {
  const { deletedAt } = message;
  if (deletedAt) return [`(${words.deletedAt(words.time(deletedAt))})`];
  const content = spokenBy(message, words);
  if (content === '') return [];
  return content.split(LINE_ENDS).map((line) => line.replace(CONTROLS, ''));
}

function quoteOf({ seq, name, text }: AnsweredMessage, words: ExportWords): string {
  return `#${seq} ${oneLine(name)}: ${text === null ? `(${words.deleted})` : oneLine(text)}`;
}

function fileOf({ name, mimeType, size }: AttachmentView): string {
  return `${oneLine(name)} (${oneLine(mimeType)}, ${sizeOf(size)})`;
}

function reactionsOf({ reactions }: MessageView, words: ExportWords): string[] {
  if (reactions.length === 0) return [];
  const counted = reactions.map(({ emoji, count }) => `${oneLine(emoji)} ${count}`);
  return [`[${words.reactions}] ${counted.join(', ')}`];
}

function oneLine(text: string): string {
  return text.split(LINE_ENDS).join(' ').replace(CONTROLS, '');
}

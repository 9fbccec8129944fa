import { createHash } from 'node:crypto';
import { escapeHtml } from '../../../common/text/escape-html.js';
import type { MessageView, PersonView } from '../../../contracts/chat.js';
import {
  remarksOn,
  sizeOf,
  type AnsweredMessage,
  type ExportFormat,
  type ExportSheet,
} from './export-format.js';
import { spokenBy, type ExportWords } from './export-words.js';

const STYLE = `
:root { color-scheme: light dark; --line: #d4d4d8; --quiet: #52525b; --note: #fef9c3 }
@media (prefers-color-scheme: dark) { :root { --line: #3f3f46; --quiet: #a1a1aa; --note: #422006 } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.4rem; overflow-wrap: anywhere }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem }
dt, time, .remarks { color: var(--quiet) }
dd { margin: 0; overflow-wrap: anywhere }
article { border-top: 1px solid var(--line); padding: 0.75rem 0; break-inside: avoid }
article.note { background: var(--note); padding: 0.75rem }
article header { display: flex; flex-wrap: wrap; gap: 0 0.75rem; font-size: 0.9rem }
.words { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0.25rem 0 0 }
.words.deleted { font-style: italic; color: var(--quiet) }
blockquote { margin: 0.25rem 0 0; padding-left: 0.75rem; border-left: 3px solid var(--line); color: var(--quiet) }
ul { margin: 0.25rem 0 0; padding-left: 1.25rem }
.reactions { list-style: none; display: flex; flex-wrap: wrap; gap: 0.5rem; padding: 0 }
@media print { :root { color-scheme: light; --line: #d4d4d8; --quiet: #52525b; --note: #fff } body { margin: 0; max-width: none; font-size: 11pt } a { color: inherit } }
`;

/** The one style and nothing else: no script, no picture, no address may be reached from the page. */
const HASH = createHash('sha256').update(STYLE).digest('base64');
export const EXPORT_POLICY = `sandbox; default-src 'none'; style-src 'sha256-${HASH}'; frame-ancestors 'none'`;
/** As far as a page may say it of itself: it still holds for the file when it was saved. */
const POLICY_IN_PAGE = `default-src 'none'; style-src 'sha256-${HASH}'; base-uri 'none'; form-action 'none'`;

/** One page that needs nothing else and prints well. */
export function htmlExport(words: ExportWords): ExportFormat {
  return {
    type: 'text/html; charset=utf-8',
    extension: 'html',
    hasQuotes: true,
    head: (sheet) => headOf(sheet, words),
    message: ({ message, answered }) => {
      const { id, private: isNote } = message;
      const parts = [
        headerOf(message, words),
        answered ? quoteOf(answered, words) : '',
        wordsOf(message, words),
        filesOf(message, words),
        reactionsOf(message, words),
      ];
      return `<article id="${escapeHtml(id)}"${isNote ? ' class="note"' : ''}>\n${parts.join('')}</article>\n`;
    },
    end: () => '</main>\n</body>\n</html>\n',
  };
}

function headOf(sheet: ExportSheet, words: ExportWords): string {
  const title = escapeHtml(sheet.title);
  return `<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY_IN_PAGE}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1 dir="auto">${title}</h1>
<dl>${factsOf(sheet, words)}</dl>
</header>
<main>
`;
}

function factsOf({ conversation, exportedAt }: ExportSheet, words: ExportWords): string {
  const { id, kind, status, participants, createdAt } = conversation;
  const people = participants.map(
    ({ name, type }) => `<bdi>${escapeHtml(name)}</bdi> (${words.people[type]})`,
  );
  const facts = [
    [words.conversation, `${escapeHtml(id)} (${words.kinds[kind]}, ${words.statuses[status]})`],
    [words.participants, people.join(', ')],
    [words.began, timeOf(createdAt, words)],
    [words.exported, timeOf(exportedAt.toISOString(), words)],
  ];
  return facts.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join('');
}

function headerOf(message: MessageView, words: ExportWords): string {
  const { seq, sender, createdAt } = message;
  const remarks = remarksOn(message, words).join(' · ');
  const said = remarks ? ` <span class="remarks">${escapeHtml(remarks)}</span>` : '';
  const who = personOf(sender, words);
  return `<header>${who} <span>#${seq}</span> ${timeOf(createdAt, words)}${said}</header>\n`;
}

function personOf({ type, name }: PersonView, words: ExportWords): string {
  if (type === 'system') return `<strong>${words.people.system}</strong>`;
  return `<strong><bdi>${escapeHtml(name)}</bdi></strong> <span>${words.people[type]}</span>`;
}

function quoteOf({ id, seq, name, text }: AnsweredMessage, words: ExportWords): string {
  const said = text === null ? `<em>${words.deleted}</em>` : escapeHtml(text);
  const from = `<a href="#${escapeHtml(id)}">#${seq}</a> <bdi>${escapeHtml(name)}</bdi>`;
  return `<blockquote dir="auto">${from}: ${said}</blockquote>\n`;
}

function wordsOf(message: MessageView, words: ExportWords): string {
  const { deletedAt } = message;
  if (deletedAt) {
    return `<p class="words deleted">${words.deletedAt(timeOf(deletedAt, words))}</p>\n`;
  }
  const content = spokenBy(message, words);
  return content === '' ? '' : `<p class="words" dir="auto">${escapeHtml(content)}</p>\n`;
}

function filesOf({ attachments }: MessageView, words: ExportWords): string {
  if (attachments.length === 0) return '';
  const items = attachments.map(
    ({ name, mimeType, size }) =>
      `<li><bdi>${escapeHtml(name)}</bdi> (${escapeHtml(mimeType)}, ${sizeOf(size)})</li>`,
  );
  return `<ul aria-label="${words.files}">${items.join('')}</ul>\n`;
}

function reactionsOf({ reactions }: MessageView, words: ExportWords): string {
  if (reactions.length === 0) return '';
  const items = reactions.map(({ emoji, count }) => `<li>${escapeHtml(emoji)} ${count}</li>`);
  return `<ul class="reactions" aria-label="${words.reactions}">${items.join('')}</ul>\n`;
}

function timeOf(time: string, words: ExportWords): string {
  return `<time datetime="${time}">${words.time(time)}</time>`;
}

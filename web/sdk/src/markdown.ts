/** The package's second door, apart from the client: who only shows text needs no connection. */
import { parseInlines, type Inline } from './markdown-inline.js';

export type { Inline } from './markdown-inline.js';

/** What a message is made of when it is shown. Data only; nothing in it is ever markup of a page. */
export type Block =
  | { kind: 'paragraph'; children: Inline[] }
  | { kind: 'code'; language: string | null; text: string }
  | { kind: 'quote'; children: Block[] }
  /** `start` is the first number; null in a list without numbers. */
  | { kind: 'list'; start: number | null; items: Block[][] };

/** Deeper than anybody reads; what would go deeper is shown as it was written. */
const DEEPEST = 4;

const FENCE = /^ {0,3}(`{3,})[ \t]*([\w+#.-]{0,30})$/;
const QUOTED = /^ {0,3}> ?/;
const BULLET = /^( {0,3}[-*] +)(?=\S)/;
/** At most three digits: the year that begins a date is not the number of an item. */
const NUMBERED = /^( {0,3}(0|[1-9]\d{0,2})\. +)(?=\S)/;

/** The safe subset of Markdown that people write in a chat; in time proportional to the text. */
export function parseMarkdown(text: string): Block[] {
  return parseBlocks(text.split(/\r\n?|\n/), 0);
}

/** What remains when the marks are taken off: for previews and for reading out. */
export function plainText(text: string): string {
  return textOfBlocks(parseMarkdown(text));
}

function parseBlocks(lines: readonly string[], depth: number, startsWithText = false): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    if (isBlank(lines[at]!)) {
      at += 1;
      continue;
    }
    const isForcedText = startsWithText && at === 0;
    const [block, next] = (!isForcedText && structureAt(lines, at, depth)) || paragraphAt(lines, at, depth);
    blocks.push(block);
    at = next;
  }
  return blocks;
}

/** A block and the line after it. */
type Found = [block: Block, next: number];

function structureAt(lines: readonly string[], at: number, depth: number): Found | null {
  const line = lines[at]!;
  if (fenceOf(line)) return codeAt(lines, at);
  if (depth >= DEEPEST) return null;
  if (QUOTED.test(line)) return quoteAt(lines, at, depth);
  return markerOf(line) ? listAt(lines, at, depth) : null;
}

function startsStructure(line: string, depth: number): boolean {
  if (fenceOf(line)) return true;
  return depth < DEEPEST && (QUOTED.test(line) || markerOf(line) !== null);
}

function paragraphAt(lines: readonly string[], at: number, depth: number): Found {
  let next = at + 1;
  while (next < lines.length && !isBlank(lines[next]!) && !startsStructure(lines[next]!, depth)) next += 1;
  return [{ kind: 'paragraph', children: parseInlines(lines.slice(at, next).join('\n')) }, next];
}

function fenceOf(line: string): RegExpExecArray | null {
  return FENCE.exec(line.trimEnd());
}

/** Without an end it goes on to the last line: so it does while it is being written. */
function codeAt(lines: readonly string[], at: number): Found {
  const [, fence = '', language = ''] = fenceOf(lines[at]!) ?? [];
  let end = at + 1;
  while (end < lines.length && !closes(lines[end]!, fence)) end += 1;
  const text = lines.slice(at + 1, end).join('\n');
  return [{ kind: 'code', language: language.toLowerCase() || null, text }, end + 1];
}

function closes(line: string, fence: string): boolean {
  const [, ticks = '', rest] = fenceOf(line) ?? [];
  return ticks.length >= fence.length && !rest;
}

function quoteAt(lines: readonly string[], at: number, depth: number): Found {
  let next = at;
  while (next < lines.length && QUOTED.test(lines[next]!)) next += 1;
  const inner = lines.slice(at, next).map((line) => line.replace(QUOTED, ''));
  return [{ kind: 'quote', children: parseBlocks(inner, depth + 1) }, next];
}

interface Marker {
  width: number;
  number: number | null;
}

function markerOf(line: string): Marker | null {
  const bullet = BULLET.exec(line);
  if (bullet) return { width: bullet[1]!.length, number: null };
  const numbered = NUMBERED.exec(line);
  return numbered ? { width: numbered[1]!.length, number: Number(numbered[2]) } : null;
}

function listAt(lines: readonly string[], at: number, depth: number): Found {
  const { number: start } = markerOf(lines[at]!)!;
  const items: Block[][] = [];
  let next = at;
  while (next < lines.length && continuesList(lines[next]!, start, items.length)) {
    const [item, after] = itemAt(lines, next, depth);
    items.push(item);
    next = after;
  }
  return [{ kind: 'list', start, items }, next];
}

/** A number that does not follow on begins a list of its own, so that each is shown as it was written. */
function continuesList(line: string, start: number | null, length: number): boolean {
  const marker = markerOf(line);
  return marker !== null && marker.number === (start === null ? null : start + length);
}

function itemAt(lines: readonly string[], at: number, depth: number): [item: Block[], next: number] {
  const { width } = markerOf(lines[at]!)!;
  let next = at + 1;
  while (next < lines.length && /^ {2,}\S/.test(lines[next]!)) next += 1;
  const rest = lines.slice(at + 1, next).map((line) => withoutIndent(line, width));
  return [parseBlocks([lines[at]!.slice(width), ...rest], depth + 1, true), next];
}

function withoutIndent(line: string, width: number): string {
  return line.slice(Math.min(width, line.search(/\S/)));
}

function isBlank(line: string): boolean {
  return line.trim() === '';
}

function textOfBlocks(blocks: readonly Block[]): string {
  return blocks.map(textOfBlock).join('\n');
}

function textOfBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return textOfInlines(block.children);
    case 'code':
      return block.text;
    case 'quote':
      return textOfBlocks(block.children);
    case 'list':
      return block.items.map(textOfBlocks).join('\n');
  }
}

function textOfInlines(inlines: readonly Inline[]): string {
  return inlines.map((one) => ('text' in one ? one.text : textOfInlines(one.children))).join('');
}

import { Parser } from 'htmlparser2';
import type { LinkPreview } from '../../contracts/chat.js';

interface Page {
  url: URL;
  contentType: string;
  body: Buffer;
}

/** What a page says of itself, by the name under which it says it; the first of each counts. */
interface Said {
  metas: Map<string, string>;
  title: string;
}

const TITLE_CHARACTERS = 200;
const DESCRIPTION_CHARACTERS = 400;
const SITE_NAME_CHARACTERS = 80;
const URL_CHARACTERS = 2_000;
/** What nests deeper is no head of a page, and made to be slow. */
const DEPTH = 64;
const STEP_CHARACTERS = 16_384;
/** Line ends, control characters, and those that turn the direction of what follows. */
const NOT_TEXT = /[\s\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu;

/** Null for a page without a title: there is nothing to show. `link` is how the message has it. */
export function previewOfPage(link: string, page: Page): LinkPreview | null {
  const { metas, title: ownTitle } = readHead(decode(page));
  const said = (...names: string[]) => names.map((name) => metas.get(name)).find((value) => value?.trim());
  const title = textFrom(said('og:title', 'twitter:title') ?? ownTitle, TITLE_CHARACTERS);
  if (title === null) return null;
  return {
    url: link,
    title,
    description: textFrom(
      said('og:description', 'twitter:description', 'description'),
      DESCRIPTION_CHARACTERS,
    ),
    imageUrl: imageFrom(said('og:image:secure_url', 'og:image', 'og:image:url', 'twitter:image'), page.url),
    siteName: textFrom(said('og:site_name'), SITE_NAME_CHARACTERS),
  };
}

/** Stops at the body: what is in there describes nothing. */
function readHead(html: string): Said {
  const said: Said = { metas: new Map(), title: '' };
  const at = { depth: 0, isInTitle: false, hasTitle: false, isOver: false };
  const parser = new Parser({
    onopentag(name, attributes) {
      at.depth += 1;
      at.isOver ||= name === 'body' || at.depth > DEPTH;
      at.isInTitle = name === 'title' && !at.hasTitle;
      if (name === 'meta' && !at.isOver) noteMeta(said.metas, attributes);
    },
    ontext(text) {
      if (at.isInTitle && !at.isOver) said.title += text;
    },
    onclosetag(name) {
      at.depth -= 1;
      if (name === 'title') Object.assign(at, { isInTitle: false, hasTitle: true });
    },
  });
  for (let start = 0; start < html.length && !at.isOver; start += STEP_CHARACTERS) {
    parser.write(html.slice(start, start + STEP_CHARACTERS));
  }
  if (!at.isOver) parser.end();
  return said;
}

function noteMeta(metas: Map<string, string>, attributes: Record<string, string>): void {
  const name = (attributes['property'] ?? attributes['name'] ?? '').trim().toLowerCase();
  const { content } = attributes;
  if (name !== '' && content !== undefined && !metas.has(name)) metas.set(name, content);
}

function decode({ contentType, body }: Page): string {
  const beginning = body.subarray(0, 1_024).toString('latin1');
  const named = /charset\s*=\s*["']?([\w-]+)/i;
  const label = (named.exec(contentType) ?? named.exec(beginning))?.[1] ?? 'utf-8';
  return decodeAs(label, body);
}

function decodeAs(label: string, body: Buffer): string {
  try {
    return new TextDecoder(label).decode(body);
  } catch {
    return body.toString();
  }
}

function textFrom(text: string | undefined, most: number): string | null {
  const plain = (text ?? '')
    .slice(0, most * 20)
    .replace(NOT_TEXT, ' ')
    .trim()
    .toWellFormed();
  const characters = [...plain];
  if (characters.length === 0) return null;
  return characters.length <= most ? plain : `${characters.slice(0, most - 1).join('')}…`;
}

/** Only what a page served over https may show. */
function imageFrom(address: string | undefined, base: URL): string | null {
  if (address === undefined || !URL.canParse(address.trim(), base.href)) return null;
  const url = new URL(address.trim(), base.href);
  const isShowable = url.protocol === 'https:' && url.username === '' && url.password === '';
  return isShowable && url.href.length <= URL_CHARACTERS ? url.href : null;
}

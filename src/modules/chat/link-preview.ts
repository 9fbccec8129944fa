import type { LinkPreview } from '../../contracts/chat.js';

const LINKS = 3;
const URL_CHARACTERS = 2_000;
const LINK = /https?:\/\/[^\s<>"'`|\\^{}]+/giu;
const AFTER_A_LINK = new Set('.,;:!?…)]*_~”’»。、，！？）」』'.split(''));

/** The first different links of a text, as they are written in it. */
export function linksIn(content: string): string[] {
  const found = new Set<string>();
  for (const [match] of content.matchAll(LINK)) {
    const link = withoutPunctuation(match);
    if (link.length <= URL_CHARACTERS && URL.canParse(link)) found.add(link);
    if (found.size === LINKS) break;
  }
  return [...found];
}

/** What is left of the previews when the text is another one. */
export function previewsStillIn(content: string, previews: LinkPreview[] | null): LinkPreview[] | null {
  if (!previews) return null;
  const links = new Set(linksIn(content));
  const kept = previews.filter(({ url }) => links.has(url));
  return kept.length > 0 ? kept : null;
}

/** A sentence's end is not the link's; a bracket is, when it was opened within. */
function withoutPunctuation(text: string): string {
  let end = text.length;
  while (end > 0 && AFTER_A_LINK.has(text[end - 1]!)) {
    if (text[end - 1] === ')' && text.lastIndexOf('(', end - 1) !== -1) break;
    end -= 1;
  }
  return text.slice(0, end);
}

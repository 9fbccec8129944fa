import type { Mentioned } from '@fast-light-chat/sdk';
import type { Mention } from '../../../lib/drafts';
import type { MessageView, PrincipalRef } from '../../../lib/wire';

/** The same word in every language: it stands in the text that all read. */
export const EVERYBODY: Mention = { type: 'all', id: 'all', name: 'all' };

/** One or two words after an `@` that does not stand inside a word, as in an e-mail address. */
const QUERY = /(?<![\p{L}\p{N}._-])@([\p{L}\p{M}\p{N}._-]*(?: [\p{L}\p{M}\p{N}._-]+)?)$/u;

export interface MentionQuery {
  text: string;
  /** Where its `@` stands. */
  start: number;
}

export function mentionQueryAt(text: string, caret: number): MentionQuery | null {
  const found = QUERY.exec(text.slice(0, caret));
  return found && { text: found[1]!, start: found.index };
}

/** The text with the name in place of what was typed of it, and where one writes on. */
export function withMention(
  text: string,
  { start }: MentionQuery,
  caret: number,
  { name }: Mention,
): { text: string; caret: number } {
  const before = `${text.slice(0, start)}@${name} `;
  const after = text.slice(caret);
  return { text: before + (after.startsWith(' ') ? after.slice(1) : after), caret: before.length };
}

export interface TextPart {
  text: string;
  /** Set where the part is the name of somebody who is meant. */
  mention?: Mention;
}

/** A Korean particle stands right after a name; a Latin letter or a number goes on with it, and makes it another. */
const GOES_ON = /[\p{Script=Latin}\p{N}_]/u;

/** The text cut at the names of those who are meant. The longer name wins where one begins with the other. */
export function partsOf(text: string, mentions: readonly Mention[]): TextPart[] {
  const byLength = [...mentions].sort((a, b) => b.name.length - a.name.length);
  const parts: TextPart[] = [];
  let done = 0;
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', Math.max(at + 1, done))) {
    const mention = byLength.find(({ name }) => isNameAt(text, at + 1, name));
    if (!mention) continue;
    if (at > done) parts.push({ text: text.slice(done, at) });
    done = at + 1 + mention.name.length;
    parts.push({ text: text.slice(at, done), mention });
  }
  if (done < text.length) parts.push({ text: text.slice(done) });
  return parts;
}

function isNameAt(text: string, at: number, name: string): boolean {
  const next = [...text.slice(at + name.length, at + name.length + 2)][0] ?? '';
  return name !== '' && text.startsWith(name, at) && !GOES_ON.test(next);
}

/** Those who were chosen and whose names still stand in the text. */
export function stillMeant(text: string, chosen: readonly Mention[]): Mention[] {
  const named = new Set(partsOf(text, chosen).flatMap(({ mention }) => mention?.name ?? []));
  return chosen.filter(({ name }) => named.has(name));
}

export function toMentioned(mentions: readonly Mention[]): Required<Mentioned> {
  const people = mentions.filter(isPerson).map(({ type, id }) => ({ type, id }));
  return { mentions: people, mentionsAll: mentions.some(({ type }) => type === 'all') };
}

function isPerson(mention: Mention): mention is Mention & PrincipalRef {
  return mention.type !== 'all';
}

/** Nothing that says nothing: most messages mean nobody in particular. */
export function mentionedIn(text: string, chosen: readonly Mention[]): Mentioned {
  const { mentions, mentionsAll } = toMentioned(stillMeant(text, chosen));
  return { ...(mentions.length > 0 && { mentions }), ...(mentionsAll && { mentionsAll }) };
}

type NameOf = (ref: PrincipalRef) => string | undefined;

/** With the names that are known here; who is not known any more is left out. */
export function fromMentioned({ mentions = [], mentionsAll }: Mentioned, nameOf: NameOf): Mention[] {
  const people = mentions.flatMap((ref) => {
    const name = nameOf(ref);
    return name ? [{ ...ref, name }] : [];
  });
  return mentionsAll ? [...people, EVERYBODY] : people;
}

export function isSame(a: Mention, b: Mention): boolean {
  return a.type === b.type && a.id === b.id;
}

/**
 * Who is meant after an edit. Whose name never stood in the text, e.g. because another program meant them, stays
 * meant: no text was removed that could say otherwise.
 */
export function mentionedAfterEdit(
  before: Pick<MessageView, 'content' | 'mentions' | 'mentionsAll'>,
  content: string,
  chosen: readonly Mention[],
  nameOf: NameOf,
): Required<Mentioned> {
  const named = toMentioned(stillMeant(before.content, fromMentioned(before, nameOf)));
  const now = toMentioned(stillMeant(content, chosen));
  const unnamed = before.mentions.filter((ref) => !isAmong(named.mentions, ref));
  return {
    mentions: [...unnamed, ...now.mentions.filter((ref) => !isAmong(unnamed, ref))],
    mentionsAll: now.mentionsAll || (before.mentionsAll && !named.mentionsAll),
  };
}

function isAmong(refs: readonly PrincipalRef[], { type, id }: PrincipalRef): boolean {
  return refs.some((one) => one.type === type && one.id === id);
}

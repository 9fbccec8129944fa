import { queryOptions } from '@tanstack/react-query';

export interface Emoji {
  emoji: string;
  /** By language: what it is called, then what it is also found by. */
  words: Record<'en' | 'ko', string[]>;
}

export interface EmojiGroup {
  key: EmojiGroupKey;
  emojis: Emoji[];
}

export type EmojiGroupKey =
  'smileys' | 'people' | 'nature' | 'food' | 'activities' | 'places' | 'objects' | 'symbols';

/** Names of Unicode's CLDR, as emojibase-data 17 (MIT) has them. Loaded when somebody looks for one. */
export const emojisQuery = queryOptions({
  queryKey: ['emojis'],
  queryFn: async () => groupsOf((await import('./emoji-names.txt?raw')).default),
  staleTime: Infinity,
});

/** A line is a group (`# food`) or an emoji with its words in English and in Korean. */
function groupsOf(text: string): EmojiGroup[] {
  const groups: EmojiGroup[] = [];
  for (const line of text.trim().split('\n')) {
    if (line.startsWith('# ')) groups.push({ key: line.slice(2) as EmojiGroupKey, emojis: [] });
    else groups.at(-1)?.emojis.push(emojiOf(line));
  }
  return groups;
}

function emojiOf(line: string): Emoji {
  const space = line.indexOf(' ');
  const [en = '', ko = ''] = line.slice(space + 1).split(' | ');
  return { emoji: line.slice(0, space), words: { en: en.split(', '), ko: ko.split(', ') } };
}

/** In any language: whoever has Korean screens may know the English name. The better the match, the earlier. */
export function findEmojis(groups: readonly EmojiGroup[], query: string): Emoji[] {
  const wanted = query.trim().toLocaleLowerCase();
  const ranked = groups
    .flatMap(({ emojis }) => emojis)
    .map((emoji) => ({ emoji, rank: rankOf(emoji, wanted) }))
    .filter(({ rank }) => rank < NO_MATCH);
  return ranked.sort((a, b) => a.rank - b.rank).map(({ emoji }) => emoji);
}

const NO_MATCH = 3;

function rankOf({ emoji, words }: Emoji, wanted: string): number {
  if (emoji === wanted) return 0;
  const all = [...words.en, ...words.ko].map((word) => word.toLocaleLowerCase());
  if (all.includes(wanted)) return 0;
  if (all.some((word) => word.startsWith(wanted))) return 1;
  return all.some((word) => word.includes(wanted)) ? 2 : NO_MATCH;
}

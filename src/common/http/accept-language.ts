/** The language that a caller likes best of those there are; of none that it names, the last of them. */
export function preferredLanguage<T extends string>(header: string | undefined, known: readonly T[]): T {
  const wishes = (header ?? '').split(',').map(wishOf);
  const liked = wishes.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight);
  const found = liked.map(({ language }) => known.find((one) => one === language)).find(Boolean);
  return found ?? known.at(-1)!;
}

/** `ko-KR;q=0.8`; what is no such thing is no wish. */
function wishOf(text: string): { language: string; weight: number } {
  const [, language = '', quality = '1'] =
    /^\s*([a-z]{2,3})(?:-[\w-]*)?\s*(?:;\s*q=([\d.]+))?\s*$/i.exec(text) ?? [];
  return { language: language.toLowerCase(), weight: language ? Number(quality) || 0 : 0 };
}

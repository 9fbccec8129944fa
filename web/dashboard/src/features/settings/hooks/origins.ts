export function parseOrigins(text: string): string[] {
  const lines = text.split(/\s+/).filter(Boolean);
  return [...new Set(lines.map((line) => originOf(line) ?? line))];
}

export function findInvalidOrigin(text: string): string | undefined {
  return text
    .split(/\s+/)
    .filter(Boolean)
    .find((line) => originOf(line) === null);
}

/** A whole address is taken for its origin, as people paste what stands in the address bar. */
function originOf(line: string): string | null {
  if (!URL.canParse(line)) return null;
  const { protocol, origin } = new URL(line);
  return protocol === 'https:' || protocol === 'http:' ? origin : null;
}

const KEY = 'flc.emojis';
const MOST = 16;
/** What people mostly answer with, until it is known what this one does. */
const USUAL = ['👍', '❤️', '🎉', '😂', '🙏', '👀', '✅', '🔥', '😮', '😢', '👎', '😡'];

/** Newest first. */
export function recentEmojis(): string[] {
  return [...new Set([...stored(), ...USUAL])].slice(0, MOST);
}

export function rememberEmoji(emoji: string): void {
  try {
    const recent = [emoji, ...stored().filter((one) => one !== emoji)].slice(0, MOST);
    localStorage.setItem(KEY, JSON.stringify(recent));
  } catch {
    // A full or blocked storage costs the memory of it, not the emoji.
  }
}

function stored(): string[] {
  try {
    const held: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(held) ? held.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
}

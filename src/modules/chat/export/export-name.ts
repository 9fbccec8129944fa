const TITLE_CHARACTERS = 60;
/** What is part of a path, of another name, or of nothing that can be seen, on whatever system. */
const UNSAFE = /[\p{C}\p{Z}<>=:"/\\|?*%;,.'`$&#]+/gu;

/** Content-Disposition: the title for those who understand it, and for everybody else the id alone. */
export function exportNameOf(title: string, conversationId: string, extension: string): string {
  const words = [...title.normalize('NFC').replace(UNSAFE, ' ').trim()].slice(0, TITLE_CHARACTERS).join('');
  const plain = `conversation-${conversationId}.${extension}`;
  const titled = words === '' ? plain : `${words.trim().replaceAll(' ', '-')}.${extension}`;
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded(titled)}`;
}

function encoded(name: string): string {
  const escape = (sign: string) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(name.toWellFormed()).replace(/['()*!]/g, escape);
}

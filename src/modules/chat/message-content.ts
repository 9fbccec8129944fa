import { InvalidMessage } from './chat.errors.js';

export interface ContentLimits {
  contentCharacters: number;
  contentBytes: number;
}

/** Throws InvalidMessage for what is empty or too long: by characters as people count them, and by bytes. */
export function assertContent(content: string, { contentCharacters, contentBytes }: ContentLimits): void {
  if (content.trim() === '') throw new InvalidMessage('content', 'must not be empty');
  if ([...content].length > contentCharacters) {
    throw new InvalidMessage('content', `must have at most ${contentCharacters} characters`);
  }
  if (Buffer.byteLength(content) > contentBytes) {
    throw new InvalidMessage('content', `must have at most ${contentBytes} bytes`);
  }
}

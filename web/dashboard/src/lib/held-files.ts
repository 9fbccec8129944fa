import type { FileUploads } from '@fast-light-chat/sdk';

interface Held {
  files: FileUploads;
  stopKeeping: () => void;
}

/** Of conversations that nobody looks at now. */
const held = new Map<string, Held>();

/** Files that were still on their way when their conversation was left: they go on, and are there on return. */
export function holdFiles(conversationId: string, files: FileUploads, stopKeeping: () => void): void {
  held.set(conversationId, { files, stopKeeping });
}

export function heldFiles(conversationId: string): FileUploads | undefined {
  return held.get(conversationId)?.files;
}

/** They are looked at again, or there is nothing more to wait for. */
export function releaseFiles(conversationId: string): void {
  held.get(conversationId)?.stopKeeping();
  held.delete(conversationId);
}

/** Nobody is there any more to send them. */
export function endHeldFiles(): void {
  for (const [conversationId, { files }] of held) {
    releaseFiles(conversationId);
    files.clear();
  }
}

import { FileUploads, MOST_FILES, type KeptUpload, type Upload } from '@fast-light-chat/sdk';
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { api } from '../../../lib/api';
import { loadDraft, saveDraft } from '../../../lib/drafts';
import { isNotFound } from '../../../lib/error-text';
import { fileLinks } from '../../../lib/file-links';
import { heldFiles, holdFiles, releaseFiles } from '../../../lib/held-files';
import { currentSession } from '../../../lib/session';

/**
 * The files of a message that is being written: those that were `kept` before, and from now on told to `keep`. What
 * is on its way goes on when the conversation is left.
 */
export function useUploads(conversationId: string, kept: KeptUpload[], keep: (kept: KeptUpload[]) => void) {
  const [held] = useState(() => heldFiles(conversationId));
  const [files] = useState(() => held ?? new FileUploads(api));
  const uploads = useSyncExternalStore(files.subscribe, files.getSnapshot);
  const first = useRef(kept);
  const add = useCallback(
    (chosen: readonly File[]) => files.add(chosen.slice(0, MOST_FILES - files.getSnapshot().length)),
    [files],
  );
  useEffect(() => {
    const agentId = currentSession()?.agent.id;
    releaseFiles(conversationId);
    const stopChecking = held ? undefined : checkArrived(files, files.restore(first.current));
    // What has come since the draft was loaded.
    if (held) keep(keptOf(files));
    const stopKeeping = tellChanges(files, keep);
    return () => {
      stopChecking?.();
      stopKeeping();
      // Whose session is over leaves nothing to the next.
      const isSameAgent = currentSession()?.agent.id === agentId;
      if (isSameAgent && files.getSnapshot().some(isUnderWay)) hold(conversationId, files);
      else files.clear();
    };
  }, [conversationId, held, files, keep]);

  return {
    uploads,
    attachments: uploads.flatMap(({ attachment }) => attachment ?? []),
    isReady: uploads.every(({ attachment }) => attachment !== undefined),
    add,
    retry: (key: number) => files.retry(key),
    remove: (key: number) => files.remove(key),
    clear: () => files.clear(),
  };
}

/** Once all have arrived, the draft knows all there is to know. */
function hold(conversationId: string, files: FileUploads): void {
  const stopKeeping = tellChanges(files, (kept) => {
    saveDraft(conversationId, { ...loadDraft(conversationId), files: kept });
    if (!files.getSnapshot().some(isUnderWay)) releaseFiles(conversationId);
  });
  holdFiles(conversationId, files, stopKeeping);
}

/** Or broke off, and may be tried again. */
function isUnderWay({ attachment, file }: Upload): boolean {
  return attachment === undefined && file !== null;
}

/** What nobody sends is thrown away after a day; whoever meant to send it then should not learn of it by failing. */
function checkArrived(files: FileUploads, restored: readonly Upload[]): () => void {
  let isOver = false;
  for (const { key, name, size, attachment } of restored) {
    if (!attachment) continue;
    fileLinks.renew(attachment).catch((error: unknown) => {
      if (isOver || !isNotFound(error)) return;
      files.remove(key);
      files.restore([{ name, size }]);
    });
  }
  return () => (isOver = true);
}

/** Not of every step of the progress. */
function tellChanges(files: FileUploads, keep: (kept: KeptUpload[]) => void): () => void {
  let told = '';
  return files.subscribe(() => {
    const kept = keptOf(files);
    const now = JSON.stringify(kept);
    if (now !== told) keep(kept);
    told = now;
  });
}

function keptOf(files: FileUploads): KeptUpload[] {
  return files.getSnapshot().map(({ name, size, attachment }) => ({ name, size, attachment }));
}

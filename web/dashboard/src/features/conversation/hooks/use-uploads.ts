import { FileUploads, MOST_FILES, type KeptUpload, type Upload } from '@fast-light-chat/sdk';
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { api } from '../../../lib/api';
import { isNotFound } from '../../../lib/error-text';
import { fileLinks } from '../../../lib/file-links';

/** The files of a message that is being written: those that were `kept` before, and from now on told to `keep`. */
export function useUploads(kept: KeptUpload[], keep: (kept: KeptUpload[]) => void) {
  const [files] = useState(() => new FileUploads(api));
  const uploads = useSyncExternalStore(files.subscribe, files.getSnapshot);
  const first = useRef(kept);
  const add = useCallback(
    (chosen: readonly File[]) => files.add(chosen.slice(0, MOST_FILES - files.getSnapshot().length)),
    [files],
  );
  useEffect(() => {
    const stopChecking = checkArrived(files, files.restore(first.current));
    const stopKeeping = tellChanges(files, keep);
    return () => {
      stopChecking();
      stopKeeping();
      files.clear();
    };
  }, [files, keep]);

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
    const kept = files.getSnapshot().map(({ name, size, attachment }) => ({ name, size, attachment }));
    const now = JSON.stringify(kept);
    if (now !== told) keep(kept);
    told = now;
  });
}

import { FileUploads, MOST_FILES } from '@fast-light-chat/sdk';
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { api } from '../../../lib/api';

/** The files of a message that is being written. */
export function useUploads() {
  const [files] = useState(() => new FileUploads(api));
  const uploads = useSyncExternalStore(files.subscribe, files.getSnapshot);
  const add = useCallback(
    (chosen: readonly File[]) => files.add(chosen.slice(0, MOST_FILES - files.getSnapshot().length)),
    [files],
  );
  useEffect(() => () => files.clear(), [files]);

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

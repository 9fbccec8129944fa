import { useCallback, useEffect, useRef, useState } from 'react';
import { uploadFile } from '../../../lib/upload';
import type { AttachmentView } from '../../../lib/wire';

/** As many as a message may have. */
export const MOST_FILES = 10;

export interface Upload {
  key: number;
  file: File;
  /** From 0 to 1. */
  progress: number;
  /** Set once it has arrived. */
  attachment?: AttachmentView;
  /** Set when it was refused or broke off. */
  error?: unknown;
}

/** The files of a message that is being written: they leave at once, so that sending need not wait. */
export function useUploads() {
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const running = useRef(new Map<number, AbortController>());
  const lastKey = useRef(0);

  const change = useCallback((key: number, news: Partial<Upload>) => {
    setUploads((held) => held.map((one) => (one.key === key ? { ...one, ...news } : one)));
  }, []);
  const start = useCallback(
    (key: number, file: File) => {
      const ending = new AbortController();
      running.current.set(key, ending);
      const onProgress = (progress: number) => change(key, { progress });
      uploadFile(file, { onProgress, signal: ending.signal }).then(
        (attachment) => change(key, { attachment, progress: 1 }),
        (error: unknown) => change(key, { error }),
      );
    },
    [change],
  );
  const add = useCallback(
    (files: readonly File[]) => {
      const fresh = files.map((file) => ({ key: ++lastKey.current, file, progress: 0 }));
      const room = Math.max(0, MOST_FILES - uploads.length);
      setUploads([...uploads, ...fresh.slice(0, room)]);
      for (const { key, file } of fresh.slice(0, room)) start(key, file);
    },
    [uploads, start],
  );
  const retry = ({ key, file }: Upload) => {
    change(key, { error: undefined, progress: 0 });
    start(key, file);
  };
  const remove = ({ key }: Upload) => {
    running.current.get(key)?.abort();
    setUploads((held) => held.filter((one) => one.key !== key));
  };
  const clear = useCallback(() => setUploads([]), []);

  useEffect(() => {
    const left = running.current;
    return () => left.forEach((ending) => ending.abort());
  }, []);

  return {
    uploads,
    attachmentIds: uploads.flatMap(({ attachment }) => (attachment ? [attachment.id] : [])),
    isReady: uploads.every(({ attachment }) => attachment !== undefined),
    add,
    retry,
    remove,
    clear,
  };
}

import { useEffect, useState, type RefObject } from 'react';

/**
 * Takes files that are dropped anywhere on the conversation: nobody aims at the field with a file in hand. Answers the
 * conversation's element while files hang over it.
 */
export function useFileDrop(
  inside: RefObject<HTMLElement | null>,
  onFiles: (files: File[]) => void,
): HTMLElement | null {
  const [under, setUnder] = useState<HTMLElement | null>(null);
  useEffect(() => {
    const zone = inside.current?.closest('section');
    if (!zone) return undefined;
    const listening = new AbortController();
    const { signal } = listening;
    const over = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setUnder(zone);
    };
    const leave = (event: DragEvent) => {
      if (!zone.contains(event.relatedTarget as Node | null)) setUnder(null);
    };
    const drop = (event: DragEvent) => {
      setUnder(null);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      onFiles(files);
    };
    zone.addEventListener('dragover', over, { signal });
    zone.addEventListener('dragleave', leave, { signal });
    zone.addEventListener('drop', drop, { signal });
    return () => listening.abort();
  }, [inside, onFiles]);
  return under;
}

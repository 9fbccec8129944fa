import { useLayoutEffect, useState } from 'preact/hooks';

interface Source<T> {
  subscribe(listener: () => void): () => void;
  getSnapshot(): T;
}

export function useSnapshot<T>(source: Source<T>): T {
  const [, redraw] = useState<unknown>();
  useLayoutEffect(() => {
    const update = (): void => redraw(source.getSnapshot());
    update();
    return source.subscribe(update);
  }, [source]);
  return source.getSnapshot();
}

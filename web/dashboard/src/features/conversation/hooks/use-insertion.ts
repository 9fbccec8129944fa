import { useCallback, useLayoutEffect, useRef, type RefObject } from 'react';

/** Puts something in where one writes, in place of what is selected, and writes on after it. */
export function useInsertion(
  field: RefObject<HTMLTextAreaElement | null>,
  onWrite: (text: string) => void,
): (piece: string) => void {
  const caretAfter = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (caretAfter.current === null) return;
    field.current?.focus();
    field.current?.setSelectionRange(caretAfter.current, caretAfter.current);
    caretAfter.current = null;
  });
  return useCallback(
    (piece) => {
      if (!field.current) return;
      const { value, selectionStart, selectionEnd } = field.current;
      caretAfter.current = selectionStart + piece.length;
      onWrite(value.slice(0, selectionStart) + piece + value.slice(selectionEnd));
    },
    [field, onWrite],
  );
}

export interface Piece {
  text: string;
  isFound: boolean;
}

/** The text cut where what was found begins and ends. */
export function markedPieces(text: string, ranges: readonly (readonly [number, number])[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  const push = (end: number, isFound: boolean) => {
    if (end > at) pieces.push({ text: text.slice(at, end), isFound });
    at = Math.max(at, end);
  };
  for (const [start, end] of [...ranges].sort((a, b) => a[0] - b[0])) {
    push(start, false);
    push(end, true);
  }
  push(text.length, false);
  return pieces;
}

/** Milliseconds that only go forward: the clock on the wall may be set while one waits. */
export function elapsedMs(): number {
  return performance.now();
}

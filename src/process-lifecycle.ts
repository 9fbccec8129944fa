/** What is still in flight gets this long; then the process ends anyway. */
const GRACE_MS = 10_000;

/**
 * Closes once, in good order, at SIGTERM, at Ctrl-C, and when the parent that started this process is gone:
 * a server that nobody can stop any more must not stay on the port.
 */
export function stopOnSignals(close: () => Promise<unknown>): void {
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(1), GRACE_MS).unref();
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  if (process.connected) process.once('disconnect', stop);
}

/** For the containers: 0 while the api answers. */
const url = `http://127.0.0.1:${process.env.PORT || 8000}/health/live`;
const isAlive = await fetch(url, { signal: AbortSignal.timeout(2000) }).then(
  ({ ok }) => ok,
  () => false,
);
process.exit(isAlive ? 0 : 1);

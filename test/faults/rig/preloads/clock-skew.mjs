/** Preloaded into a node under test: its wall clock is CLOCK_SKEW_MS off. Timers go on as they are. */
const skewMs = Number(process.env.CLOCK_SKEW_MS);
const RealDate = globalThis.Date;
const now = () => RealDate.now() + skewMs;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length > 0 ? args : [now()], newTarget),
  apply: () => new RealDate(now()).toString(),
  get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
});

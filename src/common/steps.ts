import { channel } from 'node:diagnostics_channel';

/**
 * The points between two effects of the engine, in the order in which they are passed. Whatever dies at one of
 * them must leave nothing lost: another node, or the sender's retry, goes on from what is stored.
 */
export const STEPS = [
  // A message, from its checks to the last trace of it in the outbox.
  'send.1-checked',
  'send.2-stored',
  'send.3-told',
  'send.4-summarised',
  'send.5-cleared',
  // An edit, a deletion, a reaction or a pin.
  'change.1-read',
  'change.2-stored',
  'change.3-told',
  'change.4-summarised',
  'change.5-cleared',
  // What another node left behind.
  'relay.1-found',
  'relay.2-claimed',
  'relay.3-handled',
] as const;

export type Step = (typeof STEPS)[number];

const channels = new Map(STEPS.map((step) => [step, channel(stepChannel(step))]));

/** The name of the diagnostics channel of a step, for whoever wants to watch it from outside. */
export function stepChannel(step: Step): string {
  return `fast-light-chat:${step}`;
}

/** Says on `node:diagnostics_channel` that a step was passed. Nothing listens unless a process was started with a listener. */
export function reached(step: Step): void {
  const point = channels.get(step);
  if (point?.hasSubscribers) point.publish({ step });
}

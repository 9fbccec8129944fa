import { parseArgs } from 'node:util';

export interface Phase {
  rate: number;
  seconds: number;
}

export interface BenchOptions {
  pairs: number;
  agents: number;
  phases: Phase[];
  isProfiled: boolean;
}

const DEFAULT_RATES = [200, 1000];

export const USAGE = `npm run bench -- [options]
  --rate N      messages a second; may be given several times (default: 200, then 1000)
  --seconds N   how long each rate is kept up (default: 20)
  --pairs N     conversations of one visitor and one agent (default: 200)
  --agents N    agents who share these conversations, one socket each (default: 20)
  --profile     write CPU profiles of the api to ci-output/profile`;

export function readOptions(): BenchOptions {
  const { values } = parseArgs({
    options: {
      rate: { type: 'string', multiple: true },
      seconds: { type: 'string', default: '20' },
      pairs: { type: 'string', default: '200' },
      agents: { type: 'string', default: '20' },
      profile: { type: 'boolean', default: false },
    },
  });
  const seconds = positive('seconds', values.seconds);
  const rates = values.rate?.map((rate) => positive('rate', rate)) ?? DEFAULT_RATES;
  const pairs = positive('pairs', values.pairs);
  return {
    pairs,
    agents: Math.min(pairs, positive('agents', values.agents)),
    phases: rates.map((rate) => ({ rate, seconds })),
    isProfiled: values.profile,
  };
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} must be a whole number above 0`);
  return value;
}

import type { EnvReader } from './env-reader.js';

export interface WebhookConfig {
  /** For one try: name, connection and answer. */
  timeoutMs: number;
  /** The worker looks this often for deliveries that are due and that nobody woke it for. */
  sweepIntervalMs: number;
  /** How long a worker has a batch of deliveries for itself. */
  leaseMs: number;
}

export function readWebhookConfig(env: EnvReader): WebhookConfig {
  const timeoutMs = env.integer('WEBHOOK_TIMEOUT_MS', 15_000, 100, 60_000);
  const leaseMs = env.integer('WEBHOOK_LEASE_MS', 60_000, 1_000);
  if (leaseMs < 2 * timeoutMs) env.fault('WEBHOOK_LEASE_MS must be at least twice WEBHOOK_TIMEOUT_MS');
  return { timeoutMs, leaseMs, sweepIntervalMs: env.integer('WEBHOOK_SWEEP_MS', 5_000, 100) };
}

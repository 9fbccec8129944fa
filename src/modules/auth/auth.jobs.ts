import type { JobsOptions } from 'bullmq';

export const AUTH_QUEUE = 'auth';

export const SEND_INVITATION = 'send-invitation';
export const SEND_PASSWORD_RESET = 'send-password-reset';
export type AuthJobName = typeof SEND_INVITATION | typeof SEND_PASSWORD_RESET;

/** The id of an invitation or of a password reset; its token is made again where the mail is. */
export interface AuthJob {
  id: string;
}

/** A failed job stays for a week, and with it its id: the sweep does not begin anew with a dead mailbox. */
export function authJobOptions(name: AuthJobName, { id }: AuthJob): JobsOptions {
  return {
    jobId: `${name}-${id}`,
    attempts: 8,
    backoff: { type: 'exponential', delay: 5_000 },
    removeOnComplete: true,
    removeOnFail: { age: 7 * 86_400 },
  };
}

import type { JobsOptions } from 'bullmq';

export const AUTH_QUEUE = 'auth';

export const SEND_INVITATION = 'send-invitation';
export const SEND_PASSWORD_RESET = 'send-password-reset';

/** The id of an invitation or of a password reset; its token is made again where the mail is. */
export interface AuthJobs {
  [SEND_INVITATION]: { organizationId: string; id: string };
  /** Of an account, and so of no organization: no admin is shown it. */
  [SEND_PASSWORD_RESET]: { id: string };
}

export type AuthJobName = keyof AuthJobs;
export type AuthJob = AuthJobs[AuthJobName];

/** With pauses of five seconds, then twice as long each, for most of a day: a night without mail must lose none. */
export const MAIL_TRIES = 15;

/** A failed job stays for a week, and with it its id: the sweep does not begin anew with a dead mailbox. */
export function authJobOptions(name: AuthJobName, { id }: AuthJob): JobsOptions {
  return {
    jobId: `${name}-${id}`,
    attempts: MAIL_TRIES,
    backoff: { type: 'exponential', delay: 5_000 },
    removeOnComplete: true,
    removeOnFail: { age: 7 * 86_400 },
  };
}

import type { JobsOptions } from 'bullmq';

export const FILE_QUEUE = 'file';

/** Makes the small picture that lists show. One that is lost is made when somebody asks for it. */
export const MAKE_THUMBNAIL = 'make-thumbnail';

export interface MakeThumbnailJob {
  organizationId: string;
  fileId: string;
}

export function makeThumbnailOptions({ fileId }: MakeThumbnailJob): JobsOptions {
  return {
    jobId: `${MAKE_THUMBNAIL}-${fileId}`,
    attempts: 3,
    backoff: { type: 'exponential', delay: 1_000 },
    removeOnComplete: true,
    removeOnFail: { age: 86_400 },
  };
}

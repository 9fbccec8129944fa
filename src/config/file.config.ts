import { join } from 'node:path';
import type { EnvReader } from './env-reader.js';

export interface S3Config {
  bucket: string;
  region: string;
  /** Another provider than Amazon. */
  endpoint: string | undefined;
  /** Without them the SDK looks where it usually does: the role of the machine, a profile. */
  credentials: { accessKeyId: string; secretAccessKey: string } | undefined;
  /** The bucket in the path and not in the host name. */
  isPathStyle: boolean;
}

export interface FileConfig {
  /** What is being uploaded, and, without S3, what was. */
  directory: string;
  /** Null: the files stay in the directory. */
  s3: S3Config | null;
  maxBytes: number;
  /** Of one picture, over all its frames: small files can hold enormous ones. */
  maxPixels: number;
  uploadsPerMinute: number;
  anonymousBytesPerDay: number;
  linkMs: number;
  /** What was uploaded and never sent is thrown away after this. */
  orphanMs: number;
}

const MEGABYTE = 1024 * 1024;
const DAY_MS = 86_400_000;

export function readFileConfig(env: EnvReader): FileConfig {
  return {
    directory: env.text('FILES_DIR', join(env.text('DATA_DIR', '.data'), 'files')),
    s3: readS3(env),
    maxBytes: env.integer('FILE_MAX_MB', 20, 1, 1_000) * MEGABYTE,
    maxPixels: 50_000_000,
    uploadsPerMinute: env.integer('LIMIT_UPLOADS_PER_MINUTE', 30, 1),
    anonymousBytesPerDay: env.integer('LIMIT_ANONYMOUS_UPLOAD_MB_PER_DAY', 100, 1) * MEGABYTE,
    linkMs: 10 * 60_000,
    orphanMs: DAY_MS,
  };
}

function readS3(env: EnvReader): S3Config | null {
  const storage = env.oneOf('FILE_STORAGE', ['disk', 's3'], 'disk');
  const bucket = env.optional('S3_BUCKET');
  const region = env.text('S3_REGION', 'us-east-1');
  const endpoint = env.optional('S3_ENDPOINT');
  const accessKeyId = env.optional('S3_ACCESS_KEY_ID');
  const secretAccessKey = env.optional('S3_SECRET_ACCESS_KEY');
  const isPathStyle = env.flag('S3_PATH_STYLE', false);
  if (storage === 'disk') return null;
  if (!bucket) env.fault('S3_BUCKET is missing');
  const credentials = accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined;
  return { bucket: bucket ?? '', region, endpoint, credentials, isPathStyle };
}

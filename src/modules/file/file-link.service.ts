import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { AppConfig } from '../../config/app-config.js';
import type { AttachmentView } from '../../contracts/chat.js';
import { SecretKeeper } from '../../infrastructure/secrets/secret-keeper.js';
import { LinkExpired } from './file.errors.js';
import { isPicture, type Attachment, type FileVariant } from './file.js';

const PURPOSE = 'file-link';
/** Links made within the same minute are the same, so that a browser has the picture already. */
const STEP_MS = 60_000;

export interface FileLink {
  variant: FileVariant;
  expires: number;
  signature: string;
}

/** Whoever may see a file gets a link to it that soon ends, and that tells nothing of who they are. */
@Injectable()
export class FileLinkService {
  constructor(
    private readonly secrets: SecretKeeper,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  /** With fresh links. The caller has checked that it may be seen. */
  attachmentView(file: Attachment): AttachmentView {
    const { id, name, mimeType, size, width, height } = file;
    const url = this.urlOf(id, 'original');
    const base = { id, name, mimeType, size, url };
    if (width === undefined || height === undefined || !isPicture(mimeType)) return base;
    return { ...base, thumbnailUrl: this.urlOf(id, 'thumbnail'), width, height };
  }

  /** Throws LinkExpired also for what was never one of ours. */
  assertGood(id: string, { variant, expires, signature }: FileLink): void {
    const hash = Buffer.from(signature, 'base64url');
    const isOurs = this.secrets.matches(PURPOSE, subjectOf(id, variant, expires), hash);
    if (!isOurs || expires < this.clock.now().getTime()) throw new LinkExpired();
  }

  private urlOf(id: string, variant: FileVariant): string {
    const now = this.clock.now().getTime();
    const expires = now - (now % STEP_MS) + this.config.files.linkMs;
    const signature = this.secrets.hash(PURPOSE, subjectOf(id, variant, expires)).toString('base64url');
    const query = new URLSearchParams({ variant, expires: String(expires), signature });
    return `${this.config.server.publicUrl}/v1/files/${id}/content?${query.toString()}`;
  }
}

function subjectOf(id: string, variant: FileVariant, expires: number): string {
  return `${id}.${variant}.${expires}`;
}

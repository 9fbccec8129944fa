import { InjectQueue } from '@nestjs/bullmq';
import { Injectable, Logger } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { randomBytes } from 'node:crypto';
import { scopeOf, type EnvironmentScope, type Principal, type Scope } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { Forbidden, NotFound, RateLimited } from '../../common/errors/common.errors.js';
import type { LimitState } from '../../common/http/rate-headers.js';
import { newId } from '../../common/ids.js';
import { AppConfig } from '../../config/app-config.js';
import type { AttachmentView } from '../../contracts/chat.js';
import { RateLimits } from '../../infrastructure/limits/rate-limits.js';
import { EnvironmentService } from '../environment/environment.service.js';
import { ObjectStorage } from '../../infrastructure/storage/object-storage.js';
import { UserService } from '../user/user.service.js';
import { FileIntake, type AcceptedFile, type IncomingFile } from './file-intake.js';
import { FileLinkService } from './file-link.service.js';
import { AlreadyAttached } from './file.errors.js';
import { FILE_QUEUE, MAKE_THUMBNAIL, makeThumbnailOptions, type MakeThumbnailJob } from './file.jobs.js';
import {
  isOwnedBy,
  toAttachment,
  type Attached,
  type Attachment,
  type FileOwner,
  type StoredFile,
} from './file.js';
import { FileRepository } from './file.repository.js';
import { FileAudience } from './ports.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Files that were taken for a message. `giveBack`: should the message not come to be. */
export interface TakenFiles {
  attachments: Attachment[];
  giveBack(): Promise<void>;
}

@Injectable()
export class FileService {
  private readonly logger = new Logger(FileService.name);

  constructor(
    private readonly files: FileRepository,
    private readonly intake: FileIntake,
    private readonly storage: ObjectStorage,
    private readonly links: FileLinkService,
    private readonly audience: FileAudience,
    private readonly environments: EnvironmentService,
    private readonly users: UserService,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
    private readonly config: AppConfig,
    @InjectQueue(FILE_QUEUE) private readonly queue: Queue<MakeThumbnailJob, void>,
  ) {}

  /** Takes one point of the budget for uploads. Throws RateLimited, also for who has had their bytes of the day, and Forbidden. */
  async limitUploading(principal: Principal): Promise<LimitState> {
    const state = await this.limits.consume(
      'upload',
      `${principal.type}:${principal.id}`,
      this.config.files.uploadsPerMinute,
    );
    await this.assertNotBlocked(principal);
    await this.assertDailyBytes(principal, 0);
    return state;
  }

  /** What users and partners send is as large as their environment lets it be, at most as the installation does. */
  async maxBytesFor(principal: Principal): Promise<number> {
    const { maxBytes } = this.config.files;
    if (principal.type === 'agent') return maxBytes;
    const environment = await this.environments.findById(principal.environmentId);
    return environment ? this.environments.maxFileBytesOf(environment) : maxBytes;
  }

  /** Throws FileTooLarge, UnsupportedType, and UploadBroken; of what is refused nothing stays. */
  upload(principal: Principal, incoming: IncomingFile): Promise<AttachmentView> {
    return this.intake.take(incoming, async (accepted) => {
      await this.assertDailyBytes(principal, accepted.size);
      const file = this.record(principal, accepted);
      await this.store(scopeOf(principal), file, accepted.path);
      if (accepted.picture) await this.askForThumbnail(file);
      return this.links.attachmentView(toAttachment(file));
    });
  }

  /** A file with fresh links, for its owner, or for whoever may see what it is attached to. Throws NotFound. */
  async get(principal: Principal, id: string): Promise<AttachmentView> {
    const { organizationId } = principal;
    const file = await this.files.find({ organizationId }, id);
    if (!file || file.state === 'deleted') throw new NotFound('files');
    const { attached } = file;
    const maySee = attached
      ? await this.audience.maySee(principal, attached)
      : isOwnedBy(file, ownerOf(principal));
    if (!maySee) throw new NotFound('files');
    return this.links.attachmentView(toAttachment(file));
  }

  /** Before there is anything to attach to. Throws NotFound. */
  async assertOwned(principal: Principal, ids: readonly string[]): Promise<void> {
    const { organizationId } = principal;
    const found = await Promise.all(ids.map((id) => this.files.find({ organizationId }, id)));
    const isOwn = found.every((file) => file && isOwnedBy(file, ownerOf(principal)));
    if (!isOwn) throw new NotFound('files');
  }

  /** In the order of the ids. The same `to` may take the same files again. Throws NotFound and AlreadyAttached. */
  async attach(
    principal: Principal,
    ids: readonly string[],
    attached: Attached,
    environmentId: string | null,
  ): Promise<TakenFiles> {
    const claim = { ...attached, claimId: newId(), environmentId };
    const scope = { organizationId: principal.organizationId };
    const found = await this.files.attach(scope, ownerOf(principal), ids, claim);
    const giveBack = () => this.files.release(scope, claim.claimId);
    try {
      return { attachments: attachmentsOf(ids, found, attached.to), giveBack };
    } catch (error) {
      await giveBack();
      throw error;
    }
  }

  /** Nobody gets them any more from now on; their bytes go soon. */
  async removeAttachedTo(organizationId: string, messages: readonly string[]): Promise<void> {
    if (messages.length > 0) await this.files.deleteAttachedTo({ organizationId }, messages);
  }

  async removeOfConversations(scope: Scope, conversationIds: readonly string[]): Promise<void> {
    const { organizationId } = scope;
    await this.files.deleteOfConversations({ organizationId }, conversationIds);
  }

  async removeOfUser(scope: EnvironmentScope, userId: string): Promise<void> {
    await this.files.deleteOfOwner(scope, { type: 'user', id: userId });
  }

  /** They could attach it to nothing. */
  private async assertNotBlocked(principal: Principal): Promise<void> {
    if (principal.type !== 'user' || !(await this.users.isBlocked(principal.environmentId, principal.id)))
      return;
    throw new Forbidden('You cannot send anything here any more.', 'chat.blocked');
  }

  private async assertDailyBytes(principal: Principal, more: number): Promise<void> {
    if (principal.type !== 'user' || principal.identity !== 'anonymous') return;
    const since = new Date(this.clock.now().getTime() - DAY_MS);
    const taken = await this.files.sizeSince(scopeOf(principal), ownerOf(principal), since);
    const { anonymousBytesPerDay } = this.config.files;
    if (taken + more > anonymousBytesPerDay || taken >= anonymousBytesPerDay) throw new RateLimited(HOUR_MS);
  }

  private record(principal: Principal, { name, mimeType, size, picture }: AcceptedFile): StoredFile {
    return {
      id: newId(),
      organizationId: principal.organizationId,
      environmentId: principal.type === 'agent' ? null : principal.environmentId,
      owner: ownerOf(principal),
      state: 'uploaded',
      attached: null,
      name,
      mimeType,
      size,
      width: picture?.width ?? null,
      height: picture?.height ?? null,
      storageKey: randomBytes(20).toString('hex'),
      hasThumbnail: false,
      createdAt: this.clock.now(),
    };
  }

  /** The record first: bytes that nobody knows of could never be thrown away. */
  private async store(scope: Scope, file: StoredFile, path: string): Promise<void> {
    await this.files.insert(scope, file);
    try {
      await this.storage.put(file.storageKey, path);
    } catch (error) {
      await this.storage.remove(file.storageKey).catch(() => undefined);
      await this.files.remove({ organizationId: file.organizationId }, file.id);
      throw error;
    }
  }

  /** Without Redis it is made when somebody asks for it. */
  private async askForThumbnail({ organizationId, id: fileId }: StoredFile): Promise<void> {
    const job = { organizationId, fileId };
    try {
      await this.queue.add(MAKE_THUMBNAIL, job, makeThumbnailOptions(job));
    } catch (error) {
      this.logger.debug({ err: (error as Error).message, fileId }, 'a thumbnail waits to be asked for');
    }
  }
}

function ownerOf({ type, id }: Principal): FileOwner {
  return { type, id };
}

function attachmentsOf(ids: readonly string[], found: readonly StoredFile[], to: string): Attachment[] {
  const byId = new Map(found.map((file) => [file.id, file]));
  return ids.map((id) => {
    const file = byId.get(id);
    if (!file || (file.state === 'deleted' && file.attached?.to !== to)) throw new NotFound('files');
    if (file.attached?.to !== to) throw new AlreadyAttached();
    return toAttachment(file);
  });
}

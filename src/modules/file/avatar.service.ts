import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { AgentPrincipal } from '../../common/access/principal.js';
import { NotFound } from '../../common/errors/common.errors.js';
import { AppConfig } from '../../config/app-config.js';
import type { OwnAgentView } from '../../contracts/tenants.js';
import { ObjectMissing, ObjectStorage } from '../../infrastructure/storage/object-storage.js';
import { AgentService } from '../agent/agent.service.js';
import { UnsupportedType } from './file.errors.js';
import { FileIntake, type AcceptedFile, type IncomingFile } from './file-intake.js';
import { cropPicture } from './picture.js';

const NAME = /^([0-9a-f]{40})\.webp$/;

/** Pictures of agents. Each has an address that nobody can guess and that never shows anything else. */
@Injectable()
export class AvatarService {
  constructor(
    private readonly agents: AgentService,
    private readonly intake: FileIntake,
    private readonly storage: ObjectStorage,
    private readonly config: AppConfig,
  ) {}

  /** Throws FileTooLarge, UnsupportedType, UploadBroken; of what is refused nothing stays. */
  replace(principal: AgentPrincipal, incoming: IncomingFile): Promise<OwnAgentView> {
    return this.intake.take(incoming, async (accepted) => {
      const key = await this.store(accepted);
      const url = `${this.config.server.publicUrl}/v1/avatars/${key}.webp`;
      try {
        return await this.agents.setPicture(principal, { url, key });
      } catch (error) {
        await this.remove(key);
        throw error;
      }
    });
  }

  clear(principal: AgentPrincipal): Promise<OwnAgentView> {
    return this.agents.setPicture(principal, null);
  }

  async remove(key: string): Promise<void> {
    await this.storage.remove(objectOf(key));
  }

  /** By the name at the end of its address. Throws NotFound. */
  async open(name: string): Promise<Readable> {
    const key = NAME.exec(name)?.[1];
    if (key === undefined) throw new NotFound('files');
    try {
      return await this.storage.open(objectOf(key));
    } catch (error) {
      throw error instanceof ObjectMissing ? new NotFound('files') : error;
    }
  }

  private async store({ path, picture }: AcceptedFile): Promise<string> {
    if (picture === null) throw new UnsupportedType();
    const key = randomBytes(20).toString('hex');
    await this.intake.withPlace(async (small) => {
      await cropPicture(path, small, this.config.files.maxPixels);
      await this.storage.put(objectOf(key), small);
    });
    return key;
  }
}

/** Never the name of a file that was sent: those are not for everybody. */
function objectOf(key: string): string {
  return `${key}-avatar`;
}

import { Injectable } from '@nestjs/common';
import webPush from 'web-push';
import { Clock } from '../../common/clock.js';
import { AppConfig } from '../../config/app-config.js';
import { SecretKeeper } from '../../infrastructure/secrets/secret-keeper.js';
import { PushKeyRepository, type SealedPushKey } from './push-key.repository.js';
import type { PushKey } from './push.js';

const PURPOSE = 'vapid-key';

/** What this installation signs its pushes with: as configured, else made once for all nodes and kept sealed. */
@Injectable()
export class VapidKeys {
  private key: PushKey | undefined;

  constructor(
    private readonly keys: PushKeyRepository,
    private readonly secrets: SecretKeeper,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  async get(): Promise<PushKey> {
    this.key ??= this.config.push.keys ?? (await this.stored());
    return this.key;
  }

  private async stored(): Promise<PushKey> {
    const { publicKey, sealedPrivateKey } = await this.keys.findOrInsert(() => this.make());
    const privateKey = this.secrets.open(PURPOSE, sealedPrivateKey).toString('base64url');
    return { publicKey, privateKey };
  }

  private make(): SealedPushKey {
    const { publicKey, privateKey } = webPush.generateVAPIDKeys();
    const sealedPrivateKey = this.secrets.seal(PURPOSE, Buffer.from(privateKey, 'base64url'));
    return { publicKey, sealedPrivateKey, createdAt: this.clock.now() };
  }
}

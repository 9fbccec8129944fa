import { Injectable } from '@nestjs/common';
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { AppConfig } from '../../config/app-config.js';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What is stored of secrets. Each purpose has a key of its own, so that no hash or box is good for another. */
@Injectable()
export class SecretKeeper {
  private readonly keys = new Map<string, Buffer>();

  constructor(private readonly config: AppConfig) {}

  /** Keyed SHA-256: enough for random secrets of 256 bits, and useless to who has only the database. */
  hash(purpose: string, secret: string): Buffer {
    return createHmac('sha256', this.keyFor(purpose)).update(secret).digest();
  }

  /** In constant time. */
  matches(purpose: string, secret: string, hash: Uint8Array): boolean {
    const actual = this.hash(purpose, secret);
    return actual.length === hash.length && timingSafeEqual(actual, hash);
  }

  /** Encrypts what has to be read again (AES-256-GCM). */
  seal(purpose: string, plain: Buffer): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.keyFor(purpose), nonce);
    const text = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), text]);
  }

  open(purpose: string, box: Buffer): Buffer {
    const nonce = box.subarray(0, NONCE_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.keyFor(purpose), nonce);
    decipher.setAuthTag(box.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(box.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  }

  private keyFor(purpose: string): Buffer {
    const known = this.keys.get(purpose);
    if (known) return known;
    const key = Buffer.from(hkdfSync('sha256', this.config.auth.secretsKey, 'fast-light-chat', purpose, 32));
    this.keys.set(purpose, key);
    return key;
  }
}

import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';

/** Argon2id with the library's parameters (19 MiB, 2 passes), in the thread pool: never on the event loop. */
@Injectable()
export class PasswordHasher {
  private decoy: Promise<string> | undefined;

  hash(password: string): Promise<string> {
    return hash(password.normalize('NFKC'));
  }

  /** Takes as long without a hash as with one: whether an address is known must not be measurable. */
  async matches(password: string, passwordHash: string | null): Promise<boolean> {
    this.decoy ??= hash('nobody has this password');
    const isMatch = await verify(passwordHash ?? (await this.decoy), password.normalize('NFKC'));
    return isMatch && passwordHash !== null;
  }
}

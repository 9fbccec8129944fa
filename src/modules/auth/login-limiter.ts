import { Injectable } from '@nestjs/common';
import { RateLimits } from '../../infrastructure/limits/rate-limits.js';

const KIND = 'login';
const TRIES = 10;
const SECONDS = 15 * 60;

/**
 * Guessing one account's password from one address ends after ten tries. The pair is what counts, so that nobody
 * can lock somebody else out from elsewhere.
 */
@Injectable()
export class LoginLimiter {
  constructor(private readonly limits: RateLimits) {}

  /** Throws RateLimited. A success gives the tries back. */
  async attempt<T>(email: string, address: string, login: () => Promise<T>): Promise<T> {
    const pair = `${address}|${email}`;
    await this.limits.consume(KIND, pair, TRIES, SECONDS);
    const result = await login();
    await this.limits.forgive(KIND, pair, TRIES, SECONDS).catch(() => undefined);
    return result;
  }
}

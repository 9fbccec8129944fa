import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { IncomingHttpHeaders } from 'node:http';
import { HeaderAPIKeyStrategy } from 'passport-headerapikey';
import { PrincipalResolver } from '../../../common/access/principal-resolver.js';
import type { PartnerPrincipal } from '../../../common/access/principal.js';

type Verified = (error: Error | null, user?: object, info?: object) => void;

/**
 * The library verifies with (key, done, request), while Nest takes the last argument for `done`: the request
 * goes first here, and with it the secret's header, which the library does not know of.
 */
class KeyAndSecretStrategy extends HeaderAPIKeyStrategy {
  constructor(verify: (request: { headers: IncomingHttpHeaders }, apiKey: string, done: Verified) => void) {
    super({ header: 'X-API-Key', prefix: '' }, true, (apiKey, done, request) => {
      verify(request as unknown as { headers: IncomingHttpHeaders }, apiKey, done);
    });
  }
}

/** Partners: `X-API-Key` and `X-API-Secret`. */
@Injectable()
export class ApiKeyStrategy extends PassportStrategy(KeyAndSecretStrategy, 'api-key') {
  constructor(private readonly resolver: PrincipalResolver) {
    super();
  }

  validate({ headers }: { headers: IncomingHttpHeaders }, apiKey: string): Promise<PartnerPrincipal> {
    const secret = headers['x-api-secret'];
    return this.resolver.partnerByKey(apiKey, typeof secret === 'string' ? secret : '');
  }
}

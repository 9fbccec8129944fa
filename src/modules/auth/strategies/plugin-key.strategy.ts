import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { IncomingHttpHeaders } from 'node:http';
import { Strategy } from 'passport';
import { PrincipalResolver } from '../../../common/access/principal-resolver.js';
import type { UserPrincipal } from '../../../common/access/principal.js';
import { callOriginOf } from '../call-origin.js';

interface Request {
  headers: IncomingHttpHeaders;
}
type Done = (error: Error | null, user?: object) => void;

class PluginKeyBase extends Strategy {
  constructor(private readonly verify: (request: Request, done: Done) => void) {
    super();
  }

  override authenticate(request: unknown): void {
    this.verify(request as Request, (error, user) => {
      if (error) this.error(error);
      else if (user) this.success(user);
      else this.fail();
    });
  }
}

/** End users: `X-Plugin-Key` and `X-User-Token`. */
@Injectable()
export class PluginKeyStrategy extends PassportStrategy(PluginKeyBase, 'plugin-key') {
  constructor(private readonly resolver: PrincipalResolver) {
    super();
  }

  validate({ headers }: Request): Promise<UserPrincipal> {
    return this.resolver.userByToken(
      text(headers['x-plugin-key']),
      text(headers['x-user-token']),
      callOriginOf(headers),
    );
  }
}

function text(header: string | string[] | undefined): string {
  return typeof header === 'string' ? header : '';
}

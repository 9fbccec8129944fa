import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { PrincipalResolver } from '../../../common/access/principal-resolver.js';
import type { AgentPrincipal } from '../../../common/access/principal.js';
import { ALGORITHM, ISSUER, TokenSigner } from '../token-signer.js';

const fromHeader = ExtractJwt.fromAuthHeaderAsBearerToken();
type CarriesToken = Parameters<typeof fromHeader>[0];

/** Agents: `Authorization: Bearer`. What is expired goes on to the resolver, which says so with a code of its own. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor(
    tokens: TokenSigner,
    private readonly resolver: PrincipalResolver,
  ) {
    super({
      jwtFromRequest: fromHeader,
      secretOrKeyProvider: (
        _request: unknown,
        token: string,
        done: (error: unknown, secret?: string) => void,
      ) => {
        const secret = tokens.secretOf(token);
        if (secret === undefined) done(new Error('unknown key'));
        else done(null, secret);
      },
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience: 'agent',
      ignoreExpiration: true,
      passReqToCallback: true,
    });
  }

  validate(request: CarriesToken): Promise<AgentPrincipal> {
    return this.resolver.agentByAccessToken(fromHeader(request) ?? '');
  }
}

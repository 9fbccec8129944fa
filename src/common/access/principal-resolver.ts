import type { AgentPrincipal, PartnerPrincipal, UserPrincipal } from './principal.js';

/** Where a browser says that a call comes from; undefined outside browsers. */
export interface CallOrigin {
  origin?: string;
  parentOrigin?: string;
}

/**
 * From credentials to the caller. The port behind the three Passport strategies and the socket handshake;
 * auth implements it. Every method throws a DomainError with a code of contract section 0 when it refuses.
 */
export abstract class PrincipalResolver {
  abstract agentByAccessToken(accessToken: string): Promise<AgentPrincipal>;
  /** Checks the plugin key, the origin against the environment's list, and the user token. */
  abstract userByToken(pluginKey: string, userToken: string, from: CallOrigin): Promise<UserPrincipal>;
  abstract partnerByKey(apiKey: string, apiSecret: string): Promise<PartnerPrincipal>;
}

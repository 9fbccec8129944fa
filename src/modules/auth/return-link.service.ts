import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../config/app-config.js';
import type { Environment } from '../environment/environment.js';
import type { User } from '../user/user.js';
import { TokenSigner } from './token-signer.js';

const LIFE_SECONDS = 3 * 86_400;

/** The way back into a conversation from a mail, on whatever device it is read. */
@Injectable()
export class ReturnLinkService {
  constructor(
    private readonly tokens: TokenSigner,
    private readonly config: AppConfig,
  ) {}

  /** The signed part is in the fragment: browsers never send it to a server, so no log can have it. */
  forUser(environment: Environment, user: User, conversationId: string): string {
    const claims = { sub: user.id, env: environment.id, identity: user.identity };
    const fragment = new URLSearchParams({
      pluginKey: environment.pluginKey,
      visitorToken: this.tokens.sign('visitor', claims, LIFE_SECONDS),
      userId: user.id,
      conversationId,
    });
    return `${this.config.server.publicUrl}/widget/frame#${fragment.toString()}`;
  }
}

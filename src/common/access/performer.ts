import type { WebhookPerformer } from '../../contracts/webhooks.js';
import type { Principal } from './principal.js';

/** As others are told who did something. A company's own server is shown as a bot: it is nobody in particular. */
export function performerOf(principal: Pick<Principal, 'type' | 'id' | 'name'>): WebhookPerformer {
  const { id, name } = principal;
  return { type: principal.type === 'partner' ? 'bot' : principal.type, id, name };
}

import { Conflict, NotFound } from '../../common/errors/common.errors.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { MAX_PER_ENVIRONMENT } from './webhook.js';

export class WebhookNotFound extends NotFound {
  constructor() {
    super('webhook');
  }
}

export class WebhookUrlRefused extends DomainError {
  constructor() {
    super(
      'invalid',
      'webhook.url_refused',
      'A webhook needs an https address on the public internet, at the usual port.',
      [{ path: 'url', message: 'must be an https address that anybody can reach' }],
    );
  }
}

export class TooManyWebhooks extends Conflict {
  constructor() {
    super(
      `An environment has at most ${MAX_PER_ENVIRONMENT} webhooks.`,
      { max: MAX_PER_ENVIRONMENT },
      'webhook.too_many',
    );
  }
}

export class WebhookDisabled extends Conflict {
  constructor() {
    super('This webhook is disabled. Enable it first.', undefined, 'webhook.disabled');
  }
}

import { DomainError } from '../../common/errors/domain-error.js';

export class IdempotencyConflict extends DomainError {
  constructor() {
    super(
      'conflict',
      'chat.idempotency_conflict',
      'This clientMessageId was used before for another message. Use a new one.',
    );
  }
}

/** The head of a conversation moved on in every try: many write at once, on many nodes. */
export class ConversationBusy extends DomainError {
  constructor() {
    super('unavailable', 'chat.conversation_busy', 'Too many write here at once. Try again.', undefined, {
      retryAfterMs: 500,
    });
  }
}

export class NotParticipant extends DomainError {
  constructor() {
    super('forbidden', 'chat.not_participant', 'Join this conversation to write in it.');
  }
}

export class InvalidMessage extends DomainError {
  constructor(path: string, message: string) {
    super('invalid', 'common.validation_failed', 'Some of what was sent is not valid.', [{ path, message }]);
  }
}

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

/** Every change keeps its number for ever, and one message must not grow without end. */
export class TooManyChanges extends DomainError {
  constructor() {
    super('conflict', 'chat.too_many_changes', 'This message was changed too often. It stays as it is.');
  }
}

export class TooManyReactions extends DomainError {
  constructor() {
    super(
      'conflict',
      'chat.too_many_reactions',
      'This message has all the different reactions that it can have.',
    );
  }
}

export class MessageDeleted extends DomainError {
  constructor() {
    super('conflict', 'chat.message_deleted', 'This message was deleted.');
  }
}

export class MessageStreaming extends DomainError {
  constructor() {
    super(
      'conflict',
      'chat.message_streaming',
      'This message is still being written. Try again when it is complete.',
    );
  }
}

export class NotSender extends DomainError {
  constructor() {
    super('forbidden', 'chat.not_sender', 'Only who sent this message may change it.');
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

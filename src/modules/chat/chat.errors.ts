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

/** Says nothing of whether there is such a person somewhere else. */
export class MentionUnknown extends DomainError {
  constructor() {
    super('invalid', 'chat.mention_unknown', 'Somebody who is mentioned is not here.');
  }
}

/** Threads have one level. */
export class ThreadInThread extends DomainError {
  constructor() {
    super(
      'conflict',
      'chat.thread_in_thread',
      'This message is itself a reply in a thread. Reply to its root.',
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

/** What was asked for does not go with this kind of conversation, e.g. to leave a direct one. */
export class WrongKind extends DomainError {
  constructor(message: string) {
    super('conflict', 'chat.wrong_kind', message);
  }
}

export class ConversationArchived extends DomainError {
  constructor() {
    super('conflict', 'chat.conversation_archived', 'This conversation is archived. It can only be read.');
  }
}

/** Who was blocked may read on, and says nothing any more. */
export class Blocked extends DomainError {
  constructor() {
    super('forbidden', 'chat.blocked', 'You cannot write here any more.');
  }
}

/** The company asks for consent before anything is kept of what a user writes. */
export class ConsentRequired extends DomainError {
  constructor() {
    super('forbidden', 'chat.consent_required', 'Agree to how what you write is used before you write here.');
  }
}

/** There is a word in it that the company does not want. Which one is not told. */
export class MessageRefused extends DomainError {
  constructor() {
    super('invalid', 'chat.message_refused', 'This message has words in it that are not allowed here.');
  }
}

/** Nobody but an agent does anything with it before it is approved. */
export class MessageHeld extends DomainError {
  constructor() {
    super('conflict', 'chat.message_held', 'This message waits to be checked. Try again when it was.');
  }
}

export class MessageNotHeld extends DomainError {
  constructor() {
    super('conflict', 'chat.message_not_held', 'This message does not wait to be checked.');
  }
}

export class SlowMode extends DomainError {
  constructor(retryAfterMs: number) {
    super('rate_limited', 'chat.slow_mode', 'Slow mode is on here. Wait a little.', undefined, {
      retryAfterMs,
    });
  }
}

export class InvalidMessage extends DomainError {
  constructor(path: string, message: string) {
    super('invalid', 'common.validation_failed', 'Some of what was sent is not valid.', [{ path, message }]);
  }
}

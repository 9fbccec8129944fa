import { Conflict, NotFound } from '../../common/errors/common.errors.js';
import { MAX_REPLIES } from './saved-reply.js';
import { MAX_VIEWS } from './saved-view.js';

export class SavedViewNotFound extends NotFound {
  constructor() {
    super('view');
  }
}

export class TooManyViews extends Conflict {
  constructor() {
    super(`You can keep at most ${MAX_VIEWS} views.`, { max: MAX_VIEWS }, 'view.too_many');
  }
}

export class SavedReplyNotFound extends NotFound {
  constructor() {
    super('reply');
  }
}

export class ShortcutTaken extends Conflict {
  constructor() {
    super('Another reply has this shortcut. Choose another one.', undefined, 'reply.shortcut_taken');
  }
}

export class TooManyReplies extends Conflict {
  constructor() {
    super(
      `An organization has at most ${MAX_REPLIES} saved replies.`,
      { max: MAX_REPLIES },
      'reply.too_many',
    );
  }
}

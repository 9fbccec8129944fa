import { Conflict, NotFound } from '../../common/errors/common.errors.js';

/** Also when the user lives in another tenant: existence is private. */
export class UserNotFound extends NotFound {
  constructor() {
    super('user', 'There is no such user.');
  }
}

/** Somebody else became this member at the same moment. Usually healed by reading that user. */
export class MemberTaken extends Conflict {
  constructor() {
    super('This member id belongs to another user.');
  }
}

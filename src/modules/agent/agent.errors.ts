import { Conflict, Forbidden, NotFound } from '../../common/errors/common.errors.js';

export class EmailTaken extends Conflict {
  constructor() {
    super('An account with this e-mail address exists already. Sign in instead.');
  }
}

export class AlreadyMember extends Conflict {
  constructor() {
    super('This person is a member already.');
  }
}

export class LastOwner extends Conflict {
  constructor() {
    super('The last owner stays. Make somebody else an owner first.');
  }
}

export class OwnersOnly extends Forbidden {
  constructor() {
    super('Only an owner makes or unmakes owners.');
  }
}

/** Used, taken back, expired or never made: which of them is nobody's business. */
export class InvitationNotFound extends NotFound {
  constructor() {
    super('invitation', 'This invitation is not valid any more. Ask for a new one.');
  }
}

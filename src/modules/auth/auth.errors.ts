import { Forbidden, NotFound, Unauthenticated } from '../../common/errors/common.errors.js';

/** The same for an unknown address and for a wrong password. */
export class InvalidCredentials extends Unauthenticated {
  constructor() {
    super('auth.invalid_credentials', 'The e-mail address or the password is wrong.');
  }
}

export class TokenExpired extends Unauthenticated {
  constructor() {
    super('auth.token_expired', 'This token has expired. Get a new one.');
  }
}

export class TokenReused extends Unauthenticated {
  constructor() {
    super('auth.token_reused', 'This refresh token was used before. Its session has been ended.');
  }
}

export class IdentityProofRequired extends Unauthenticated {
  constructor() {
    super(
      'auth.identity_proof_required',
      'This member id has to be proven, and the proof is missing or wrong.',
    );
  }
}

export class NoOrganization extends Forbidden {
  constructor() {
    super('You are not a member of any organization any more.');
  }
}

/** Used, expired or never made: which of them is nobody's business. */
export class ResetNotFound extends NotFound {
  constructor() {
    super('reset', 'This link is not valid any more. Ask for a new one.');
  }
}

import { ValidationFailed } from '../../common/errors/common.errors.js';

/** Length is checked at the edge; what is on a business card is no secret at all. Throws ValidationFailed. */
export function assertUsable(password: string, email: string): void {
  if (password.trim().toLowerCase() === email) {
    throw new ValidationFailed([{ path: 'password', message: 'must not be the e-mail address' }]);
  }
}

import { Conflict, Forbidden } from '../../common/errors/common.errors.js';

export class OriginNotAllowed extends Forbidden {
  constructor() {
    super('This site is not on the list of allowed origins.', 'auth.origin_not_allowed');
  }
}

export class LastEnvironment extends Conflict {
  constructor() {
    super('An organization keeps at least one environment.');
  }
}

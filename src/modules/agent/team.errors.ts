import { Conflict, NotFound } from '../../common/errors/common.errors.js';
import { MAX_TEAMS } from './team.js';

export class TeamNotFound extends NotFound {
  constructor() {
    super('team');
  }
}

export class TeamNameTaken extends Conflict {
  constructor() {
    super('There is a team of this name already. Choose another one.', undefined, 'team.name_taken');
  }
}

export class TooManyTeams extends Conflict {
  constructor() {
    super(`An organization has at most ${MAX_TEAMS} teams.`, { max: MAX_TEAMS }, 'team.too_many');
  }
}

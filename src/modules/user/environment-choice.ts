import { Injectable } from '@nestjs/common';
import type { EnvironmentScope, Principal } from '../../common/access/principal.js';
import { NotFound, ValidationFailed } from '../../common/errors/common.errors.js';
import { EnvironmentService } from '../environment/environment.service.js';

/** Which one environment a write goes to. */
@Injectable()
export class EnvironmentChoice {
  constructor(private readonly environments: EnvironmentService) {}

  /** A partner has no choice; an agent has one when the organization has several. */
  async of(principal: Principal, environmentId: string | undefined): Promise<EnvironmentScope> {
    const { organizationId } = principal;
    if (principal.type !== 'agent') return { organizationId, environmentId: principal.environmentId };
    const ids = await this.environments.listIds(organizationId);
    return { organizationId, environmentId: choose(ids, environmentId) };
  }
}

function choose(ids: readonly string[], wanted: string | undefined): string {
  if (wanted !== undefined && !ids.includes(wanted)) throw new NotFound('environment');
  const only = ids.length === 1 ? ids[0] : undefined;
  const chosen = wanted ?? only;
  if (chosen === undefined) {
    throw new ValidationFailed([
      { path: 'environmentId', message: 'is needed: there are several environments' },
    ]);
  }
  return chosen;
}

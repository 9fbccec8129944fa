import type { EnvironmentScope } from '../../common/access/principal.js';
import type { WidgetSettings } from '../../contracts/tenants.js';

export interface EnvironmentUpdated {
  scope: EnvironmentScope;
  /** All that a visitor gets to see. */
  widget: WidgetSettings;
}

export interface EnvironmentRemoved {
  scope: EnvironmentScope;
}

declare module '../../common/events/domain-events.js' {
  interface DomainEvents {
    'environment.updated': EnvironmentUpdated;
    'environment.removed': EnvironmentRemoved;
  }
}

import type { EnvironmentScope } from '../../common/access/principal.js';
import { ValidationFailed } from '../../common/errors/common.errors.js';
import type { FieldFault } from '../../contracts/common.js';
import type { EventProperties } from '../../contracts/users.js';
import { isAttributeName } from './user-profile.js';

/** Something that a user did on the company's site, as the page tells it. */
export interface TrackedEvent extends EnvironmentScope {
  id: string;
  userId: string;
  name: string;
  properties: EventProperties;
  at: Date;
}

export const MAX_EVENTS_PER_USER = 200;
export const EVENT_DAYS = 90;
const MAX_BYTES = 2_048;

/** Throws ValidationFailed with a path for each fault. */
export function checkedProperties(properties: Record<string, unknown>): EventProperties {
  const faults = Object.entries(properties).flatMap(([name, value]) => faultOf(name, value) ?? []);
  if (Buffer.byteLength(JSON.stringify(properties)) > MAX_BYTES)
    faults.push({ path: 'properties', message: `must have at most ${MAX_BYTES} bytes` });
  if (faults.length > 0) throw new ValidationFailed(faults.slice(0, 20));
  return properties as EventProperties;
}

function faultOf(name: string, value: unknown): FieldFault | null {
  const path = `properties.${name.slice(0, 60)}`;
  if (!isAttributeName(name)) return { path, message: 'is not a usable name of a property' };
  return isFlat(value) ? null : { path, message: 'must be a text, a number, true, false or null' };
}

function isFlat(value: unknown): boolean {
  return value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value);
}

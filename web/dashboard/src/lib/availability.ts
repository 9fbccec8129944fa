import type { Availability } from './wire';

export const AVAILABILITIES = [
  { value: 'available', label: 'presence.available' },
  { value: 'busy', label: 'presence.busy' },
  { value: 'away', label: 'presence.awayByChoice' },
] as const satisfies readonly { value: Availability; label: string }[];

export const AVAILABILITY_COLORS: Record<Availability, string> = {
  available: '#23a566',
  busy: '#d64545',
  away: '#e0a12e',
};

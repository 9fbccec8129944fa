import type { NotificationSettings } from '../../contracts/tenants.js';

export const DEFAULT_NOTIFICATIONS: NotificationSettings = {
  support: 'mine',
  team: 'all',
  push: true,
  email: true,
  sound: true,
  desktop: true,
  quietHours: { enabled: false, from: '22:00', to: '08:00', days: [0, 1, 2, 3, 4, 5, 6] },
};

export function withDefaults(chosen: Partial<NotificationSettings>): NotificationSettings {
  return { ...DEFAULT_NOTIFICATIONS, ...chosen };
}

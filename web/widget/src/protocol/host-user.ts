import type { UserView } from '@fast-light-chat/sdk';
import type { HostUser } from './messages.js';

export function asHostUser(user: UserView): HostUser {
  const { name, avatarUrl } = user.profile;
  return { ...user, name, avatarUrl, alert: user.unread };
}

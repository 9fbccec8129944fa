import { may } from '../../common/access/permissions.js';
import type { Principal } from '../../common/access/principal.js';
import type { Message } from './message.js';

/** Which messages somebody sees of a conversation that they may see. */
export interface Sight {
  /** Notes between agents. */
  seesPrivate: boolean;
  /** What waits to be checked. */
  seesHeld: boolean;
}

/** All that is held in a user's conversations they said themselves. */
export function sightOf(principal: Principal): Sight {
  const seesPrivate = may(principal, 'message.read-private');
  return { seesPrivate, seesHeld: seesPrivate || principal.type === 'user' };
}

export function isSeen({ seesPrivate, seesHeld }: Sight, message: Message): boolean {
  return (seesPrivate || !message.private) && (seesHeld || !message.held);
}

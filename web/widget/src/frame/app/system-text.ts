import type { MessageView } from '@fast-light-chat/sdk';
import { fill, type Strings } from './strings.js';

/** In the visitor's language where the words for it are here; else as the server has written it. */
export function systemText({ content, metadata }: MessageView, t: Strings): string {
  const { event, status, actorType, actorName } = metadata;
  if (event !== 'status_changed' || status !== 'resolved') return content;
  const isByAgent = actorType === 'agent' && typeof actorName === 'string' && actorName !== '';
  return isByAgent ? fill(t.resolvedBy, { name: actorName }) : t.resolvedNow;
}

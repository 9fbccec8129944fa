import { useEffect, useState } from 'react';
import { useChatClient } from '@fast-light-chat/sdk/react';
import { useSelf } from '../../../lib/self';
import type { Viewer } from '../../../lib/wire';

/** The server forgets whoever says nothing for longer. */
const REPEAT_MS = 20_000;
/** Only in the conversation's room one hears who else is there; that is joined first. */
const JOIN_MS = 500;

const NOBODY: readonly Viewer[] = [];

/** Which colleagues have this conversation before them as well, and lets them know of oneself. */
export function useViewers(conversationId: string): readonly Viewer[] {
  const client = useChatClient();
  const selfId = useSelf().id;
  const [viewers, setViewers] = useState(NOBODY);

  useEffect(() => {
    const say = (viewing: boolean) =>
      void client.call('viewing:set', { conversationId, viewing }).catch(() => undefined);
    const sayIfSeen = () => document.visibilityState === 'visible' && say(true);
    const turned = () => say(document.visibilityState === 'visible');
    let joining = setTimeout(sayIfSeen, JOIN_MS);
    const repeating = setInterval(sayIfSeen, REPEAT_MS);
    const unhear = [
      client.on('viewing', (fact) => {
        if (fact.conversationId === conversationId) setViewers(fact.agents.filter(({ id }) => id !== selfId));
      }),
      client.on('state', (state) => {
        clearTimeout(joining);
        if (state === 'online') joining = setTimeout(sayIfSeen, JOIN_MS);
        else setViewers(NOBODY);
      }),
    ];
    document.addEventListener('visibilitychange', turned);
    return () => {
      clearTimeout(joining);
      clearInterval(repeating);
      unhear.forEach((stop) => stop());
      document.removeEventListener('visibilitychange', turned);
      say(false);
    };
  }, [client, conversationId, selfId]);

  return viewers;
}

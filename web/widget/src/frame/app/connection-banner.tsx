import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ChatModel, ChatState } from './chat-model.js';
import { useLanguage } from './context.js';
import { fill, type Strings } from './strings.js';

/** A moment's break heals before anyone could read about it. */
const PATIENCE_MS = 700;

export function ConnectionBanner({ model, state }: { model: ChatModel; state: ChatState }): JSX.Element {
  const { t } = useLanguage();
  const isBroken = state.connection === 'reconnecting' || state.connection === 'ended';
  const [isShown, setShown] = useState(false);
  const now = useNow(isShown);

  useEffect(() => {
    if (!isBroken) return setShown(false);
    const timer = setTimeout(() => setShown(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [isBroken]);

  return (
    <div role="status" class={isShown && isBroken ? 'banner shown' : 'banner'}>
      {isShown && isBroken && (
        <>
          <span>{sentence(state, t, now)}</span>
          {state.retryAt !== null && (
            <button type="button" class="link-button" onClick={() => model.tryNow()}>
              {t.tryNow}
            </button>
          )}
        </>
      )}
    </div>
  );
}

function sentence(state: ChatState, t: Strings, now: number): string {
  if (state.connection === 'ended') return t.ended;
  if (!navigator.onLine) return t.offline;
  const seconds = state.retryAt === null ? 0 : Math.ceil((state.retryAt - now) / 1000);
  return seconds > 0 ? fill(t.reconnectingIn, { n: seconds }) : t.reconnecting;
}

function useNow(isRunning: boolean): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (!isRunning) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [isRunning]);
  return now;
}

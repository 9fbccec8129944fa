import { useCallback, useDeferredValue, useMemo } from 'react';
import { useLocation, useParams, useSearchParams, type To } from 'react-router';
import { useSelf } from '../../../lib/self';
import { filterOf, narrowingIn, savedIdIn, searchOf, viewOf, type Narrowing } from './inbox-address';

/** Which list is looked at stands in the address: it survives a reload and can be sent to a colleague. */
export function useInboxView() {
  const { view: name } = useParams();
  const [params, setParams] = useSearchParams();
  const { state: origin } = useLocation() as { state: unknown };
  const selfId = useSelf().id;
  const view = viewOf(name);
  const savedId = savedIdIn(params);
  const narrowing = narrowingIn(params);
  const search = searchOf(narrowing, savedId);
  const deferred = useDeferredValue(search);
  const filter = useMemo(
    () => (view === 'held' ? null : filterOf(view, narrowingIn(new URLSearchParams(deferred)), selfId)),
    [view, deferred, selfId],
  );
  const narrow = useCallback(
    (change: Partial<Narrowing>) =>
      setParams((held) => searchOf({ ...narrowingIn(held), ...change }, savedIdIn(held)), {
        replace: true,
        state: origin,
      }),
    [setParams, origin],
  );
  const addressOf = useCallback(
    (conversationId?: string): To => ({
      pathname: conversationId ? `/inbox/${view}/${conversationId}` : `/inbox/${view}`,
      search,
    }),
    [view, search],
  );
  return { view, narrowing, savedId, filter, narrow, addressOf };
}

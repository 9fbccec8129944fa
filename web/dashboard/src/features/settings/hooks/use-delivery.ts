import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import { deliveryQuery, useFollowOutcome, type WebhookPlace } from '../api/webhook-api';

/** A delivery as it fares; what comes of it is passed on to the ledger and the webhook. */
export function useDelivery(place: WebhookPlace, deliveryId: string) {
  const query = useQuery(deliveryQuery(place, deliveryId));
  const follow = useEffectEvent(useFollowOutcome(place));
  const { state, attempts } = query.data ?? {};
  const lastTry = attempts?.at(-1)?.at;
  useEffect(() => {
    if (state) void follow();
  }, [state, lastTry]);
  return query;
}

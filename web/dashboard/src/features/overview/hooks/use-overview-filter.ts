import { useSearchParams } from 'react-router';
import type { OverviewFilter } from '../api/overview-api';

export const PERIODS = [1, 7, 30] as const;

/** What is looked at stands in the address: it survives a reload and can be sent to a colleague. */
export function useOverviewFilter() {
  const [params, setParams] = useSearchParams();
  const days = PERIODS.find((period) => String(period) === params.get('days')) ?? 1;
  const environmentId = params.get('environment') ?? undefined;
  const change = (next: Partial<OverviewFilter>) => {
    const filter = { days, environmentId, ...next };
    const named = {
      days: String(filter.days),
      ...(filter.environmentId && { environment: filter.environmentId }),
    };
    setParams(named, { replace: true });
  };
  return { days, environmentId, change };
}

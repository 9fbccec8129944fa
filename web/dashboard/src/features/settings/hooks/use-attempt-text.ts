import { useTranslation } from 'react-i18next';
import type { DeliveryAttemptView } from '../../../lib/wire';

/** The server's names for what goes wrong on the way. */
const FAULTS = ['status', 'timeout', 'network', 'address', 'url', 'reply'] as const;

/** What came of a try, in a few words; a reason that is not known here is shown as it came. */
export function useAttemptText({ status, error, durationMs }: DeliveryAttemptView): string {
  const { t, i18n } = useTranslation();
  const fault = FAULTS.find((one) => one === error);
  const reason = fault ? t(`webhooks.fault.${fault}`) : error;
  const duration = `${durationMs.toLocaleString(i18n.language)} ms`;
  const answer = status === null ? null : t('webhooks.answered', { status });
  return [answer, reason, duration].filter((part) => part !== null).join(' · ');
}

import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlocker, type BlockerFunction } from 'react-router';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog';
import { hasUnsaved, useHasUnsaved } from '../hooks/unsaved';

/** Once for all forms of the settings: the router takes one blocker at a time. */
export function UnsavedQuestion() {
  const { t } = useTranslation();
  const blocker = useBlocker(isLeavingUnsaved);
  useAskOnUnload(useHasUnsaved());
  return (
    <ConfirmDialog
      isOpen={blocker.state === 'blocked'}
      title={t('settings.leaveTitle')}
      text={t('settings.leaveText')}
      confirmLabel={t('settings.leave')}
      cancelLabel={t('settings.stay')}
      onConfirm={() => blocker.proceed?.()}
      onClose={() => blocker.reset?.()}
    />
  );
}

const isLeavingUnsaved: BlockerFunction = ({ currentLocation: from, nextLocation: to }) =>
  hasUnsaved() && (from.pathname !== to.pathname || from.search !== to.search);

/** The browser asks in its own words. */
function useAskOnUnload(isUnsaved: boolean): void {
  useEffect(() => {
    if (!isUnsaved) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isUnsaved]);
}

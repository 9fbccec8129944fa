import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useUnreadStore } from './unread';

/** The browser tab's title; what is unread goes first, where a narrow tab still shows it. */
export function useTitle(title: string): void {
  const { t } = useTranslation();
  const unread = useUnreadStore((state) => state.count);
  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${title} · ${t('app.name')}`;
  }, [title, unread, t]);
}

import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

/** The browser tab's title; `unread` goes first, where a narrow tab still shows it. */
export function useTitle(title: string, unread = 0): void {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${title} · ${t('app.name')}`;
  }, [title, unread, t]);
}

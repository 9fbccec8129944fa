import { useEffect } from 'react';
import { useSections } from './use-sections';

const PLAIN = 'favicon.svg';
const UNREAD = 'favicon-unread.svg';

/** The tab's icon says that something waits, where its title is cut off. */
export function useUnreadIcon(): void {
  const hasUnread = useSections().some(({ unread }) => unread > 0);
  useEffect(() => {
    const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    link?.setAttribute('href', `${import.meta.env.BASE_URL}${hasUnread ? UNREAD : PLAIN}`);
    return () => link?.setAttribute('href', `${import.meta.env.BASE_URL}${PLAIN}`);
  }, [hasUnread]);
}

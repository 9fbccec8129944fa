import { useEffect } from 'react';
import { useUnreadStore } from '../lib/unread';
import { useSections } from './use-sections';

const PLAIN = 'favicon.svg';
const UNREAD = 'favicon-unread.svg';

/** The tab says on every page that something waits: its title how much, its icon where the title is cut off. */
export function useUnread(): void {
  const count = useSections().reduce((sum, { unread }) => sum + unread, 0);
  const hasUnread = count > 0;
  useEffect(() => {
    useUnreadStore.setState({ count });
    return () => useUnreadStore.setState({ count: 0 });
  }, [count]);
  useEffect(() => {
    if (!hasUnread) return undefined;
    showIcon(UNREAD);
    return () => showIcon(PLAIN);
  }, [hasUnread]);
}

function showIcon(file: string): void {
  const link = document.querySelector('link[rel="icon"]');
  link?.setAttribute('href', `${import.meta.env.BASE_URL}${file}`);
}

import { useEffect, useRef, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { showToast } from '../../../components/ui/toast';
import { useTalk } from '../components/talk';
import { useKeepEnd } from './use-keep-end';

/** Stays at the newest reply, or leads to the one that is looked for. */
export function useThreadPlace(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  isLoaded: boolean,
): void {
  const { t } = useTranslation();
  const { soughtReplyId, seekReply, found } = useTalk();
  const shownCount = useRef(0);
  useKeepEnd(scroller);
  useEffect(() => {
    const hasNews = shownCount.current !== count;
    shownCount.current = count;
    const box = scroller.current;
    if (hasNews && soughtReplyId === null) box?.scrollTo({ top: box.scrollHeight });
  }, [scroller, count, soughtReplyId]);

  useEffect(() => {
    if (soughtReplyId === null || !isLoaded || !scroller.current) return;
    if (showIn(scroller.current, soughtReplyId)) found(soughtReplyId);
    else showToast(t('message.notFound'));
    seekReply(null);
  }, [scroller, soughtReplyId, isLoaded, seekReply, found, t]);
}

/** By hand: `scrollIntoView` would move the page as well while the panel still slides in. */
function showIn(box: HTMLElement, messageId: string): boolean {
  const reply = box.querySelector(`[data-message-id="${CSS.escape(messageId)}"]`);
  if (!reply) return false;
  const offset = reply.getBoundingClientRect().top - box.getBoundingClientRect().top;
  box.scrollTo({ top: box.scrollTop + offset - (box.clientHeight - reply.clientHeight) / 2 });
  return true;
}

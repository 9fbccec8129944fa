import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../../../lib/announcer';
import { ownName } from '../../../lib/conversations/conversation-name';
import { useSelf } from '../../../lib/self';
import { useSettled } from '../../../lib/use-settled';
import type { SavedReplyView } from '../../../lib/wire';
import { foundRepliesQuery } from '../api/saved-replies';
import { useTalk } from '../components/talk';
import { filled, replyQueryIn } from './saved-reply';
import { useListKeys } from './use-list-keys';

/** The list of saved replies that a `/` at the beginning opens. What is chosen takes the place of the text. */
export function useReplyPicker(text: string, onChoose: (content: string) => void) {
  const { t } = useTranslation();
  const { conversation } = useTalk();
  const self = useSelf();
  const wanted = conversation.kind === 'support' ? replyQueryIn(text) : null;
  const query = useSettled(wanted ?? '');
  const [closedAt, setClosedAt] = useState<string | null>(null);
  const isWanted = wanted !== null && closedAt !== text;
  const { data } = useQuery({ ...foundRepliesQuery(query), enabled: isWanted });
  const { user } = conversation;
  const names = { user: user ? ownName(user) : '', agent: self.name };
  const found = isWanted ? (data?.items ?? []) : [];
  const replies = found.map((reply) => ({ ...reply, content: filled(reply.content, names) }));
  const choose = ({ content }: SavedReplyView) => onChoose(content);
  const keys = useListKeys({
    count: replies.length,
    choose: (index) => choose(replies[index]!),
    close: () => setClosedAt(text),
  });
  const { length } = replies;
  useEffect(() => {
    if (length > 0) announce(t('composer.repliesOffered', { count: length }));
  }, [length, t]);

  return { replies, current: keys.current, choose, onKey: keys.onKey };
}

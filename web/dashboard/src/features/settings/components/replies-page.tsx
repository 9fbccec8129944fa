import AddRounded from '@mui/icons-material/AddRounded';
import QuickreplyRounded from '@mui/icons-material/QuickreplyRounded';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog';
import { SearchField } from '../../../components/ui/search-field';
import { ErrorMessage, StateMessage } from '../../../components/ui/state-message';
import { useCan } from '../../../lib/self';
import { MONOSPACE } from '../../../lib/theme';
import type { SavedReplyView } from '../../../lib/wire';
import { repliesQuery, useRemoveReply } from '../api/replies-api';
import { ReplyDialog } from './reply-dialog';
import { LineActions } from './line-actions';
import { SettingsPage } from './settings-page';

const QUERY_MAX = 100;

export function RepliesPage() {
  const { t } = useTranslation();
  const canManage = useCan('saved-reply.manage');
  const [edited, setEdited] = useState<SavedReplyView | 'new' | null>(null);
  const [query, setQuery] = useState('');
  return (
    <SettingsPage
      title={t('settings.replies')}
      intro={t('replies.intro')}
      action={
        canManage && (
          <Button
            variant="contained"
            startIcon={<AddRounded />}
            onClick={() => setEdited('new')}
            sx={{ flexShrink: 0 }}
          >
            {t('replies.new')}
          </Button>
        )
      }
    >
      <SearchField label={t('replies.search')} value={query} longest={QUERY_MAX} onChange={setQuery} />
      <Replies query={query.trim()} onEdit={setEdited} />
      {edited && (
        <ReplyDialog reply={edited === 'new' ? undefined : edited} onClose={() => setEdited(null)} />
      )}
    </SettingsPage>
  );
}

interface RepliesProps {
  query: string;
  onEdit: (reply: SavedReplyView) => void;
}

function Replies({ query, onEdit }: RepliesProps) {
  const { t } = useTranslation();
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    repliesQuery(query),
  );
  const [removed, setRemoved] = useState<SavedReplyView | null>(null);
  const remove = useRemoveReply();
  if (error && !data) return <ErrorMessage error={error} onRetry={() => void refetch()} />;
  if (!data)
    return <Skeleton variant="rounded" height={200} sx={{ mt: 2 }} aria-label={t('common.loading')} />;
  const replies = data.pages.flatMap(({ items }) => items);
  if (replies.length === 0) return <NoReplies query={query} />;
  return (
    <>
      <Box component="ul" aria-label={t('settings.replies')} sx={{ m: 0, mt: 1, p: 0, listStyle: 'none' }}>
        {replies.map((reply) => (
          <ReplyLine
            key={reply.id}
            reply={reply}
            onEdit={() => onEdit(reply)}
            onRemove={() => setRemoved(reply)}
          />
        ))}
      </Box>
      {hasNextPage && (
        <Button onClick={() => void fetchNextPage()} loading={isFetchingNextPage} sx={{ mt: 2 }}>
          {t('common.more')}
        </Button>
      )}
      <ConfirmDialog
        isOpen={removed !== null}
        title={t('replies.removeTitle', { title: removed?.title ?? '' })}
        text={t('replies.removeText')}
        confirmLabel={t('common.delete')}
        isBusy={remove.isPending}
        error={remove.error}
        onClose={() => setRemoved(null)}
        onConfirm={() => removed && remove.mutate(removed.id, { onSuccess: () => setRemoved(null) })}
      />
    </>
  );
}

function NoReplies({ query }: { query: string }) {
  const { t } = useTranslation();
  return query ? (
    <StateMessage role="status" title={t('replies.notFound', { query })} />
  ) : (
    <StateMessage icon={<QuickreplyRounded />} title={t('replies.empty')} text={t('replies.emptyText')} />
  );
}

interface ReplyLineProps {
  reply: SavedReplyView;
  onEdit: () => void;
  onRemove: () => void;
}

function ReplyLine({ reply: { shortcut, title, content }, onEdit, onRemove }: ReplyLineProps) {
  const { t } = useTranslation();
  const canManage = useCan('saved-reply.manage');
  return (
    <Box
      component="li"
      sx={{
        display: 'flex',
        alignItems: 'flex-start',
        gap: 1,
        py: 1.75,
        borderBottom: 1,
        borderColor: 'divider',
      }}
    >
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', columnGap: 1 }}>
          <Box component="h2" sx={{ typography: 'h3', m: 0 }}>
            {title}
          </Box>
          <Box component="code" sx={{ fontFamily: MONOSPACE, fontSize: 13, color: 'primary.main' }}>
            /{shortcut}
          </Box>
        </Box>
        <Box sx={previewSx}>{content}</Box>
      </Box>
      {canManage && (
        <LineActions
          editTitle={t('replies.edit')}
          editLabel={t('replies.editOf', { title })}
          removeLabel={t('replies.removeOf', { title })}
          onEdit={onEdit}
          onRemove={onRemove}
        />
      )}
    </Box>
  );
}

/** The beginning of it: two lines. */
const previewSx = {
  mt: 0.5,
  fontSize: 13.5,
  color: 'text.secondary',
  display: '-webkit-box',
  WebkitLineClamp: 2,
  WebkitBoxOrient: 'vertical',
  overflow: 'hidden',
  whiteSpace: 'pre-line',
} as const;

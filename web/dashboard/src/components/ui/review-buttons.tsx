import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReview } from '../../lib/conversations/held-queries';
import type { MessageView } from '../../lib/wire';
import { ConfirmDialog } from './confirm-dialog';

/** What an agent decides over a held message. */
export function ReviewButtons({ message }: { message: MessageView }) {
  const { t } = useTranslation();
  const review = useReview();
  const [isAsking, setIsAsking] = useState(false);
  const reject = () =>
    review.mutate({ message, decision: 'reject' }, { onSettled: () => setIsAsking(false) });
  return (
    <>
      <Button
        size="small"
        variant="contained"
        loading={review.isPending && !isAsking}
        onClick={() => review.mutate({ message, decision: 'approve' })}
      >
        {t('held.approve')}
      </Button>
      <Button size="small" color="error" disabled={review.isPending} onClick={() => setIsAsking(true)}>
        {t('held.remove')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('held.removeTitle')}
        text={t('held.removeText')}
        confirmLabel={t('held.remove')}
        isBusy={review.isPending}
        onClose={() => setIsAsking(false)}
        onConfirm={reject}
      />
    </>
  );
}

import GavelRounded from '@mui/icons-material/GavelRounded';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ReviewButtons } from '../../../components/ui/review-buttons';
import { useCan } from '../../../lib/self';
import type { MessageView } from '../../../lib/wire';

/** Nobody has to read what was held who does not decide over it: it is shown when it is asked for. */
export function HeldContent({ message, children }: { message: MessageView; children: ReactNode }) {
  const { t } = useTranslation();
  const canReview = useCan('message.review');
  const [isShown, setIsShown] = useState(false);
  const contentId = useId();
  return (
    <>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.75, fontSize: 13, fontWeight: 600 }}>
        <GavelRounded aria-hidden sx={{ fontSize: 16, color: 'warning.main' }} />
        {t('held.label')}
      </Box>
      <Box id={contentId} hidden={!isShown} sx={{ mt: 0.75 }}>
        {isShown && children}
      </Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75, mt: 0.75 }}>
        <Button
          size="small"
          aria-expanded={isShown}
          aria-controls={contentId}
          onClick={() => setIsShown(!isShown)}
        >
          {t(isShown ? 'held.hide' : 'held.show')}
        </Button>
        {canReview && <ReviewButtons message={message} />}
      </Box>
    </>
  );
}

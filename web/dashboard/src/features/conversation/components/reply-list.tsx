import Box from '@mui/material/Box';
import { plainText } from '@fast-light-chat/sdk/markdown';
import { useTranslation } from 'react-i18next';
import { oneLine } from '../../../lib/one-line';
import type { SavedReplyView } from '../../../lib/wire';
import { OfferList, type Offer } from './offer-list';

interface ReplyListProps extends Offer<SavedReplyView> {
  replies: readonly SavedReplyView[];
}

export function ReplyList({ replies, ...offer }: ReplyListProps) {
  const { t } = useTranslation();
  return (
    <OfferList
      {...offer}
      label={t('composer.replies')}
      width={420}
      items={replies}
      keyOf={({ id }) => id}
      optionSx={{ display: 'block', minHeight: 44 }}
    >
      {({ title, shortcut, content }) => (
        <>
          <Box sx={{ display: 'flex', gap: 1, alignItems: 'baseline' }}>
            <Box component="span" sx={{ fontWeight: 600, ...oneLine }}>
              {title}
            </Box>
            <Box component="span" sx={{ fontSize: 12, color: 'text.secondary' }}>
              {`/${shortcut}`}
            </Box>
          </Box>
          <Box sx={{ fontSize: 13, color: 'text.secondary', ...oneLine }}>
            {plainText(content).replace(/\s+/g, ' ')}
          </Box>
        </>
      )}
    </OfferList>
  );
}

import GroupsRounded from '@mui/icons-material/GroupsRounded';
import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { PersonAvatar } from '../../../components/ui/person-avatar';
import type { Mention } from '../../../lib/drafts';
import { OfferList, type Offer } from './offer-list';

interface MentionListProps extends Offer<Mention> {
  mentions: readonly Mention[];
}

export function MentionList({ mentions, ...offer }: MentionListProps) {
  const { t } = useTranslation();
  return (
    <OfferList
      {...offer}
      label={t('mention.list')}
      width={300}
      items={mentions}
      keyOf={({ type, id }) => `${type}:${id}`}
      optionSx={{ gap: 1.25, minHeight: 44 }}
    >
      {(mention) => (
        <>
          <Face mention={mention} />
          <Box component="span" sx={{ flex: 1, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis' }}>
            {mention.type === 'all' ? `@${mention.name}` : mention.name}
          </Box>
          <Box component="span" sx={{ fontSize: 12, color: 'text.secondary' }}>
            {mention.type !== 'agent' && t(`mention.${mention.type}`)}
          </Box>
        </>
      )}
    </OfferList>
  );
}

function Face({ mention }: { mention: Mention }) {
  if (mention.type !== 'all') return <PersonAvatar {...mention} size={28} />;
  return <GroupsRounded aria-hidden sx={{ width: 28, color: 'text.secondary' }} />;
}

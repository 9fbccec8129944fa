import GroupsRounded from '@mui/icons-material/GroupsRounded';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import MenuList from '@mui/material/MenuList';
import Paper from '@mui/material/Paper';
import Popper from '@mui/material/Popper';
import { useTranslation } from 'react-i18next';
import { PersonAvatar } from '../../../components/ui/person-avatar';
import type { Mention } from '../../../lib/drafts';

interface MentionListProps {
  id: string;
  anchor: HTMLElement | null;
  mentions: readonly Mention[];
  current: number;
  onChoose: (mention: Mention) => void;
}

/** The focus stays in the text: the field says which of these is meant. */
export function MentionList({ id, anchor, mentions, current, onChoose }: MentionListProps) {
  const { t } = useTranslation();
  return (
    <Popper open anchorEl={anchor} placement="top-start" sx={{ zIndex: 'tooltip' }}>
      <Paper elevation={6} sx={{ my: 0.5, width: 300, maxWidth: 'calc(100vw - 24px)' }}>
        <MenuList
          id={id}
          role="listbox"
          aria-label={t('mention.list')}
          autoFocus={false}
          sx={{ maxHeight: 320, overflowY: 'auto', py: 0.5 }}
        >
          {mentions.map((mention, index) => (
            <MenuItem
              key={`${mention.type}:${mention.id}`}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === current}
              selected={index === current}
              tabIndex={-1}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onChoose(mention)}
              sx={{ gap: 1.25, minHeight: 44 }}
            >
              <Face mention={mention} />
              <Box
                component="span"
                sx={{ flex: 1, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis' }}
              >
                {mention.type === 'all' ? `@${mention.name}` : mention.name}
              </Box>
              <Box component="span" sx={{ fontSize: 12, color: 'text.secondary' }}>
                {mention.type !== 'agent' && t(`mention.${mention.type}`)}
              </Box>
            </MenuItem>
          ))}
        </MenuList>
      </Paper>
    </Popper>
  );
}

function Face({ mention }: { mention: Mention }) {
  if (mention.type !== 'all') return <PersonAvatar {...mention} size={28} />;
  return <GroupsRounded aria-hidden sx={{ width: 28, color: 'text.secondary' }} />;
}

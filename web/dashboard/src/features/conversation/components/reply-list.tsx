import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import MenuList from '@mui/material/MenuList';
import Paper from '@mui/material/Paper';
import Popper from '@mui/material/Popper';
import { plainText } from '@fast-light-chat/sdk/markdown';
import { useTranslation } from 'react-i18next';
import type { SavedReplyView } from '../../../lib/wire';

interface ReplyListProps {
  id: string;
  anchor: HTMLElement | null;
  replies: readonly SavedReplyView[];
  current: number;
  onChoose: (reply: SavedReplyView) => void;
}

/** The focus stays in the text: the field says which of these is meant. */
export function ReplyList({ id, anchor, replies, current, onChoose }: ReplyListProps) {
  const { t } = useTranslation();
  return (
    <Popper open anchorEl={anchor} placement="top-start" sx={{ zIndex: 'tooltip' }}>
      <Paper elevation={6} sx={{ my: 0.5, width: 420, maxWidth: 'calc(100vw - 24px)' }}>
        <MenuList
          id={id}
          role="listbox"
          aria-label={t('composer.replies')}
          autoFocus={false}
          sx={{ maxHeight: 320, overflowY: 'auto', py: 0.5 }}
        >
          {replies.map((reply, index) => (
            <MenuItem
              key={reply.id}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === current}
              selected={index === current}
              tabIndex={-1}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onChoose(reply)}
              sx={{ display: 'block', minHeight: 44 }}
            >
              <Box sx={{ display: 'flex', gap: 1, alignItems: 'baseline' }}>
                <Box component="span" sx={{ fontWeight: 600, ...oneLineSx }}>
                  {reply.title}
                </Box>
                <Box component="span" sx={{ fontSize: 12, color: 'text.secondary' }}>
                  {`/${reply.shortcut}`}
                </Box>
              </Box>
              <Box sx={{ fontSize: 13, color: 'text.secondary', ...oneLineSx }}>
                {plainText(reply.content).replace(/\s+/g, ' ')}
              </Box>
            </MenuItem>
          ))}
        </MenuList>
      </Paper>
    </Popper>
  );
}

const oneLineSx = { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } as const;

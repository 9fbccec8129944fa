import AddReactionOutlined from '@mui/icons-material/AddReactionOutlined';
import ContentCopyRounded from '@mui/icons-material/ContentCopyRounded';
import DeleteOutlined from '@mui/icons-material/DeleteOutlined';
import EditOutlined from '@mui/icons-material/EditOutlined';
import ForumOutlined from '@mui/icons-material/ForumOutlined';
import LinkRounded from '@mui/icons-material/LinkRounded';
import MoreHorizRounded from '@mui/icons-material/MoreHorizRounded';
import PushPinOutlined from '@mui/icons-material/PushPinOutlined';
import ReplyRounded from '@mui/icons-material/ReplyRounded';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import ListItemIcon from '@mui/material/ListItemIcon';
import ListItemText from '@mui/material/ListItemText';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import Tooltip from '@mui/material/Tooltip';
import { useState, type MouseEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../components/ui/confirm-dialog';
import { showError } from '../../../components/ui/toast';
import { senderIn, userName } from '../../../lib/conversations/conversation-name';
import type { MessageView } from '../../../lib/wire';
import { useMessageActions, type MessageAction } from '../hooks/use-message-actions';
import { EmojiPicker } from './emoji-picker';
import { useTalk } from './talk';

/** Shown while the pointer or the focus is on the message; where there is no pointer, the menu alone, always. */
export const actionsSx = {
  display: 'flex',
  alignSelf: 'flex-start',
  flexShrink: 0,
  opacity: 0,
  'article:hover > &, article:focus-within > &, &[data-open]': { opacity: 1 },
  '@media (hover: none)': { opacity: 0.75, '& .by-pointer': { display: 'none' } },
} as const;

const ICONS: Record<MessageAction, ReactNode> = {
  react: <AddReactionOutlined fontSize="small" />,
  reply: <ReplyRounded fontSize="small" />,
  thread: <ForumOutlined fontSize="small" />,
  edit: <EditOutlined fontSize="small" />,
  pin: <PushPinOutlined fontSize="small" />,
  unpin: <PushPinOutlined fontSize="small" />,
  copyText: <ContentCopyRounded fontSize="small" />,
  copyLink: <LinkRounded fontSize="small" />,
  delete: <DeleteOutlined fontSize="small" />,
  deleteOfOther: <DeleteOutlined fontSize="small" />,
};

type Deletion = Extract<MessageAction, 'delete' | 'deleteOfOther'>;

function isDeletion(action: MessageAction): action is Deletion {
  return action === 'delete' || action === 'deleteOfOther';
}

interface MessageActionsProps {
  message: MessageView;
  /** The buttons for a pointer are made when one comes: they are most of what a row costs. */
  isPointedAt: boolean;
}

export function MessageActions({ message, isPointedAt }: MessageActionsProps) {
  const { t } = useTranslation();
  const { actions, run, react, remove } = useMessageActions(message);
  const [menuAt, setMenuAt] = useState<HTMLElement | null>(null);
  const [pickerAt, setPickerAt] = useState<HTMLElement | null>(null);
  const [deletion, setDeletion] = useState<Deletion | null>(null);
  const choose = (action: MessageAction) => {
    setMenuAt(null);
    if (action === 'react') setPickerAt(menuAt);
    else if (isDeletion(action)) setDeletion(action);
    else run(action);
  };
  return (
    <Box sx={actionsSx} data-open={menuAt || pickerAt ? '' : undefined}>
      {isPointedAt && actions.includes('react') && (
        <QuickButton label={t('message.react')} onClick={(event) => setPickerAt(event.currentTarget)}>
          {ICONS.react}
        </QuickButton>
      )}
      {isPointedAt && actions.includes('reply') && (
        <QuickButton label={t('message.reply')} onClick={() => run('reply')}>
          {ICONS.reply}
        </QuickButton>
      )}
      <IconButton
        size="small"
        aria-label={t('message.actions')}
        aria-haspopup="menu"
        aria-expanded={menuAt !== null}
        onClick={(event) => setMenuAt(event.currentTarget)}
      >
        <MoreHorizRounded fontSize="small" />
      </IconButton>
      {menuAt && (
        <Menu open anchorEl={menuAt} onClose={() => setMenuAt(null)}>
          {actions.map((action) => (
            <MenuItem
              key={action}
              onClick={() => choose(action)}
              sx={isDeletion(action) ? { color: 'error.main' } : undefined}
            >
              <ListItemIcon sx={{ color: 'inherit' }}>{ICONS[action]}</ListItemIcon>
              <ListItemText>{t(`message.${action}`)}</ListItemText>
            </MenuItem>
          ))}
        </Menu>
      )}
      {pickerAt && (
        <EmojiPicker
          anchor={pickerAt}
          label={t('message.react')}
          onPick={react}
          onClose={() => setPickerAt(null)}
        />
      )}
      {deletion && (
        <DeleteDialog
          deletion={deletion}
          message={message}
          remove={remove}
          onClose={() => setDeletion(null)}
        />
      )}
    </Box>
  );
}

interface QuickButtonProps {
  label: string;
  onClick: (event: MouseEvent<HTMLElement>) => void;
  children: ReactNode;
}

/** Not among the stops of the Tab key: with several to a message there would be hundreds; the menu has them all. */
function QuickButton({ label, onClick, children }: QuickButtonProps) {
  return (
    <Tooltip title={label}>
      <IconButton className="by-pointer" size="small" aria-label={label} tabIndex={-1} onClick={onClick}>
        {children}
      </IconButton>
    </Tooltip>
  );
}

interface DeleteDialogProps {
  deletion: Deletion;
  message: MessageView;
  remove: () => Promise<unknown>;
  onClose: () => void;
}

function DeleteDialog({ deletion, message, remove, onClose }: DeleteDialogProps) {
  const { t } = useTranslation();
  const { conversation } = useTalk();
  const name = userName(senderIn(conversation, message), t);
  const confirm = () => {
    remove().catch(showError);
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen
      title={t(`message.${deletion}Title`, { name })}
      text={t(`message.${deletion}Text`)}
      confirmLabel={t('common.delete')}
      onConfirm={confirm}
      onClose={onClose}
    />
  );
}

import CodeRounded from '@mui/icons-material/CodeRounded';
import DescriptionOutlined from '@mui/icons-material/DescriptionOutlined';
import MoreVertRounded from '@mui/icons-material/MoreVertRounded';
import WebRounded from '@mui/icons-material/WebRounded';
import SearchRounded from '@mui/icons-material/SearchRounded';
import IconButton from '@mui/material/IconButton';
import ListItemIcon from '@mui/material/ListItemIcon';
import ListItemText from '@mui/material/ListItemText';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { DownloadDialog } from '../../../components/ui/download-dialog';
import { useCan } from '../../../lib/self';
import type { ConversationView } from '../../../lib/wire';
import { MuteItems } from './mute-items';

type ExportFormat = 'html' | 'text' | 'json';

const FORMATS: readonly (readonly [ExportFormat, ReactNode])[] = [
  ['html', <WebRounded key="html" fontSize="small" />],
  ['text', <DescriptionOutlined key="text" fontSize="small" />],
  ['json', <CodeRounded key="json" fontSize="small" />],
];

/** What is done with a conversation as a whole. */
export function ConversationMenu({ conversation }: { conversation: ConversationView }) {
  const { t, i18n } = useTranslation();
  const canExport = useCan('conversation.export');
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [format, setFormat] = useState<ExportFormat | null>(null);
  const choose = (chosen: ExportFormat) => {
    setAnchor(null);
    setFormat(chosen);
  };
  return (
    <>
      <IconButton
        aria-label={t('conversation.menu')}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <MoreVertRounded />
      </IconButton>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        <MenuItem component={Link} to={`/search?conversation=${conversation.id}`}>
          <ListItemIcon>
            <SearchRounded fontSize="small" />
          </ListItemIcon>
          <ListItemText>{t('search.inConversation')}</ListItemText>
        </MenuItem>
        <MuteItems conversation={conversation} onChosen={() => setAnchor(null)} />
        {(canExport ? FORMATS : []).map(([one, icon]) => (
          <MenuItem key={one} onClick={() => choose(one)}>
            <ListItemIcon>{icon}</ListItemIcon>
            <ListItemText>{t(`downloads.${one}`)}</ListItemText>
          </MenuItem>
        ))}
      </Menu>
      {format && (
        <DownloadDialog
          title={t(`downloads.${format}`)}
          path={`/v1/conversations/${conversation.id}/export?format=${format}&language=${i18n.language}`}
          onClose={() => setFormat(null)}
        />
      )}
    </>
  );
}

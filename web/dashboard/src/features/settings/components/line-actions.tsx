import DeleteOutlineRounded from '@mui/icons-material/DeleteOutlineRounded';
import EditOutlined from '@mui/icons-material/EditOutlined';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import { useTranslation } from 'react-i18next';

interface LineActionsProps {
  /** What is seen of the first button; the labels are what is heard, and name the line. */
  editTitle: string;
  editLabel: string;
  removeLabel: string;
  onEdit: () => void;
  onRemove: () => void;
}

/** What can be done with one line of a list of settings. */
export function LineActions({ editTitle, editLabel, removeLabel, onEdit, onRemove }: LineActionsProps) {
  const { t } = useTranslation();
  return (
    <Box sx={{ display: 'flex', flexShrink: 0 }}>
      <Tooltip title={editTitle}>
        <IconButton aria-label={editLabel} onClick={onEdit}>
          <EditOutlined />
        </IconButton>
      </Tooltip>
      <Tooltip title={t('common.delete')}>
        <IconButton aria-label={removeLabel} onClick={onRemove}>
          <DeleteOutlineRounded />
        </IconButton>
      </Tooltip>
    </Box>
  );
}

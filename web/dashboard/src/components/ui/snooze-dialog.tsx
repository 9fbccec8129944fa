import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import List from '@mui/material/List';
import ListItemButton from '@mui/material/ListItemButton';
import ListItemText from '@mui/material/ListItemText';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dateTime, toLocalInput } from '../../lib/time';
import { inOneHour, nextMondayMorning, tomorrowMorning } from '../../lib/snooze-times';

const PRESETS = [
  { label: 'manage.inOneHour', at: inOneHour },
  { label: 'manage.tomorrowMorning', at: tomorrowMorning },
  { label: 'manage.nextMonday', at: nextMondayMorning },
] as const;

interface SnoozeDialogProps {
  isOpen: boolean;
  onClose: () => void;
  onChoose: (until: Date) => void;
}

export function SnoozeDialog({ isOpen, onClose, onChoose }: SnoozeDialogProps) {
  const { t, i18n } = useTranslation();
  const titleId = useId();
  return (
    <Dialog open={isOpen} onClose={onClose} aria-labelledby={titleId}>
      <DialogTitle id={titleId}>{t('manage.snoozeTitle')}</DialogTitle>
      <DialogContent>
        <List disablePadding sx={{ mx: -1.5, mb: 2 }}>
          {PRESETS.map(({ label, at }) => (
            <ListItemButton key={label} onClick={() => onChoose(at(new Date()))} sx={{ borderRadius: 1 }}>
              <ListItemText
                primary={t(label)}
                secondary={dateTime(at(new Date()).toISOString(), i18n.language)}
              />
            </ListItemButton>
          ))}
        </List>
        <CustomTime onChoose={onChoose} />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
      </DialogActions>
    </Dialog>
  );
}

function CustomTime({ onChoose }: { onChoose: (until: Date) => void }) {
  const { t } = useTranslation();
  const [value, setValue] = useState(() => toLocalInput(tomorrowMorning(new Date())));
  const [isPast, setIsPast] = useState(false);
  const choose = () => {
    const until = new Date(value);
    if (until.getTime() > Date.now()) onChoose(until);
    else setIsPast(true);
  };
  return (
    <Stack direction="row" spacing={1} sx={{ alignItems: 'flex-start' }}>
      <TextField
        type="datetime-local"
        label={t('manage.customTime')}
        value={value}
        error={isPast}
        helperText={isPast && t('manage.customTimePast')}
        onChange={(event) => {
          setValue(event.target.value);
          setIsPast(false);
        }}
        slotProps={{ inputLabel: { shrink: true } }}
      />
      <Button variant="contained" disabled={value === ''} onClick={choose} sx={{ height: 40, flexShrink: 0 }}>
        {t('commands.snooze')}
      </Button>
    </Stack>
  );
}

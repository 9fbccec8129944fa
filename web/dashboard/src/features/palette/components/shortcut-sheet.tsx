import CloseRounded from '@mui/icons-material/CloseRounded';
import Box from '@mui/material/Box';
import Dialog from '@mui/material/Dialog';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KeyCaps } from '../../../components/ui/key-caps';
import { COMMAND_IDS, infoOf, useCommands, type CommandGroup } from '../../../lib/commands';

const GROUPS: readonly CommandGroup[] = ['conversation', 'app', 'list', 'go'];

/** All keys there are, whether or not they do something where one is. */
export function ShortcutSheet() {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const titleId = useId();
  useCommands({ shortcuts: () => setIsOpen(true) });
  return (
    <Dialog open={isOpen} onClose={() => setIsOpen(false)} aria-labelledby={titleId} maxWidth="md">
      <DialogTitle id={titleId} sx={{ pr: 7 }}>
        {t('commands.shortcuts')}
      </DialogTitle>
      <IconButton
        aria-label={t('common.close')}
        onClick={() => setIsOpen(false)}
        sx={{ position: 'absolute', top: 12, right: 12 }}
      >
        <CloseRounded />
      </IconButton>
      <DialogContent
        role="region"
        aria-labelledby={titleId}
        tabIndex={0}
        sx={{ columns: { xs: 1, sm: 2 }, columnGap: 5 }}
      >
        {GROUPS.map((group) => (
          <KeysOfGroup key={group} group={group} />
        ))}
      </DialogContent>
    </Dialog>
  );
}

function KeysOfGroup({ group }: { group: CommandGroup }) {
  const { t } = useTranslation();
  const ids = COMMAND_IDS.filter((id) => infoOf(id).group === group && infoOf(id).keys.length > 0);
  return (
    <Box component="section" sx={{ breakInside: 'avoid', pb: 2.5 }}>
      <Typography variant="subtitle2" component="h3" sx={{ pb: 0.5, color: 'text.secondary' }}>
        {t(`commands.group.${group}`)}
      </Typography>
      <Box component="dl" sx={{ m: 0 }}>
        {ids.map((id) => (
          <Box key={id} sx={{ display: 'flex', alignItems: 'center', gap: 2, minHeight: 34, fontSize: 14 }}>
            <Box component="dt" sx={{ flex: 1 }}>
              {t(`commands.${id}`)}
            </Box>
            <Box component="dd" sx={{ m: 0 }}>
              <KeyCaps keys={infoOf(id).keys[0]!} />
            </Box>
          </Box>
        ))}
      </Box>
    </Box>
  );
}

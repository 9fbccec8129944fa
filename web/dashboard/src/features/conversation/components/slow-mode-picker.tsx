import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import Select from '@mui/material/Select';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Fact } from '../../../components/ui/panel-section';
import { useCan } from '../../../lib/self';
import { duration } from '../../../lib/time';
import type { ConversationView } from '../../../lib/wire';
import { useConversationActions } from '../api/conversation-actions';

const USUAL_SECONDS = [0, 5, 10, 30, 60, 300, 900, 3_600];

/** How long the user waits between two messages. */
export function SlowModePicker({ conversation }: { conversation: ConversationView }) {
  const { t, i18n } = useTranslation();
  const canAnswer = useCan('conversation.answer');
  const { setSlowMode } = useConversationActions(conversation.id);
  const labelId = useId();
  const hintId = useId();
  const { slowModeSeconds } = conversation;
  // Over the API it may have been set to anything.
  const choices = [...new Set([...USUAL_SECONDS, slowModeSeconds])].sort((a, b) => a - b);
  return (
    <>
      <Fact label={t('manage.slowMode')} labelId={labelId}>
        <Select
          variant="standard"
          disableUnderline
          value={slowModeSeconds}
          disabled={!canAnswer}
          onChange={(event) => setSlowMode(event.target.value)}
          SelectDisplayProps={{ 'aria-labelledby': labelId, 'aria-describedby': hintId }}
          sx={{ fontSize: 14 }}
        >
          {choices.map((seconds) => (
            <MenuItem key={seconds} value={seconds}>
              {seconds === 0 ? t('manage.slowModeOff') : duration(seconds, i18n.language)}
            </MenuItem>
          ))}
        </Select>
      </Fact>
      <Box id={hintId} sx={{ fontSize: 12.5, color: 'text.secondary' }}>
        {slowModeSeconds > 0 && t('manage.slowModeHint')}
      </Box>
    </>
  );
}

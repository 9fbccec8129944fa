import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import Select from '@mui/material/Select';
import TextField from '@mui/material/TextField';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Fact, PanelSection } from '../../../components/ui/panel-section';
import { useCan } from '../../../lib/self';
import { environmentsQuery } from '../../../lib/tenant-queries';
import { dateTime } from '../../../lib/time';
import type { ConversationPriority, ConversationView } from '../../../lib/wire';
import { useConversationActions } from '../api/conversation-actions';
import { AssigneePicker } from './assignee-picker';
import { SlowModePicker } from './slow-mode-picker';

const PRIORITIES: readonly ConversationPriority[] = ['urgent', 'high', 'normal', 'low'];
const TAG_MAX = 40;

/** What can be set about a conversation. */
export function ConversationDetails({ conversation }: { conversation: ConversationView }) {
  const { t, i18n } = useTranslation();
  const { data: environments } = useQuery(environmentsQuery);
  const environment = environments?.find((one) => one.id === conversation.environmentId);
  return (
    <PanelSection title={t('manage.about')}>
      <Fact label={t('manage.status')}>{t(`manage.${conversation.status}`)}</Fact>
      <Fact label={t('manage.assignee')}>
        <Box sx={{ ml: -1, my: -0.75 }}>
          <AssigneePicker conversation={conversation} />
        </Box>
      </Fact>
      <PriorityPicker conversation={conversation} />
      <SlowModePicker conversation={conversation} />
      {conversation.subject && <Fact label={t('manage.subject')}>{conversation.subject}</Fact>}
      {environment && <Fact label={t('manage.channel')}>{environment.name}</Fact>}
      <Fact label={t('manage.created')}>{dateTime(conversation.createdAt, i18n.language)}</Fact>
      <TagsEditor conversation={conversation} />
    </PanelSection>
  );
}

function PriorityPicker({ conversation }: { conversation: ConversationView }) {
  const { t } = useTranslation();
  const canAnswer = useCan('conversation.answer');
  const { setPriority } = useConversationActions(conversation.id);
  const labelId = useId();
  return (
    <Fact label={t('manage.priority')} labelId={labelId}>
      <Select
        variant="standard"
        disableUnderline
        value={conversation.priority}
        disabled={!canAnswer}
        onChange={(event) => setPriority(event.target.value)}
        SelectDisplayProps={{ 'aria-labelledby': labelId }}
        sx={{ fontSize: 14 }}
      >
        {PRIORITIES.map((priority) => (
          <MenuItem key={priority} value={priority}>
            {t(`manage.${priority}`)}
          </MenuItem>
        ))}
      </Select>
    </Fact>
  );
}

function TagsEditor({ conversation }: { conversation: ConversationView }) {
  const { t } = useTranslation();
  const canAnswer = useCan('conversation.answer');
  const { setTags } = useConversationActions(conversation.id);
  const keep = (tags: string[]) => [
    ...new Set(tags.map((tag) => tag.trim().slice(0, TAG_MAX)).filter(Boolean)),
  ];
  return (
    <Autocomplete
      multiple
      freeSolo
      size="small"
      options={[]}
      value={conversation.tags}
      disabled={!canAnswer}
      onChange={(_event, tags: string[]) => setTags(keep(tags))}
      renderInput={(params) => (
        <TextField {...params} label={t('manage.tags')} helperText={canAnswer && t('manage.tagsHint')} />
      )}
      sx={{ mt: 1.5 }}
    />
  );
}

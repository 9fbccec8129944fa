import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import Select from '@mui/material/Select';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Fact, PanelSection } from '../../../components/ui/panel-section';
import { TagsField } from '../../../components/ui/tags-field';
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
  return (
    <Box sx={{ mt: 1.5 }}>
      <TagsField
        label={t('manage.tags')}
        hint={t('manage.tagsHint')}
        tags={conversation.tags}
        maxLength={TAG_MAX}
        isDisabled={!canAnswer}
        onChange={setTags}
      />
    </Box>
  );
}

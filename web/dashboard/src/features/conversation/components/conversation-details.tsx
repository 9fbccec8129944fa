import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import Select from '@mui/material/Select';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Fact, PanelSection } from '../../../components/ui/panel-section';
import { TagsField } from '../../../components/ui/tags-field';
import { useCan } from '../../../lib/self';
import { environmentsQuery, teamsQuery } from '../../../lib/tenant-queries';
import { dateTime } from '../../../lib/time';
import type { ConversationPriority, ConversationView } from '../../../lib/wire';
import { useConversationActions, useConversationTags } from '../api/conversation-actions';
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
      <TeamPicker conversation={conversation} />
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
  const { setPriority } = useConversationActions(conversation.id);
  return (
    <Choice
      label={t('manage.priority')}
      value={conversation.priority}
      choices={PRIORITIES.map((id) => ({ id, name: t(`manage.${id}`) }))}
      onChoose={setPriority}
    />
  );
}

const NO_TEAM = '';

/** Nothing while there are no teams to choose from. */
function TeamPicker({ conversation }: { conversation: ConversationView }) {
  const { t } = useTranslation();
  const { setTeam } = useConversationActions(conversation.id);
  const { team } = conversation;
  const { data: teams = team ? [team] : [] } = useQuery(teamsQuery);
  if (teams.length === 0) return null;
  return (
    <Choice
      label={t('inbox.filter.teamId')}
      value={team?.id ?? NO_TEAM}
      choices={[{ id: NO_TEAM, name: t('inbox.noTeam') }, ...teams]}
      onChoose={(id) => setTeam(id === NO_TEAM ? null : id)}
    />
  );
}

interface ChoiceProps<Id extends string> {
  label: string;
  value: Id;
  choices: readonly { id: Id; name: string }[];
  onChoose: (id: Id) => void;
}

/** One of few, set at once by who may answer. */
function Choice<Id extends string>({ label, value, choices, onChoose }: ChoiceProps<Id>) {
  const canAnswer = useCan('conversation.answer');
  const labelId = useId();
  return (
    <Fact label={label} labelId={labelId}>
      <Select
        variant="standard"
        disableUnderline
        displayEmpty
        value={value}
        disabled={!canAnswer}
        onChange={(event) => onChoose(event.target.value as Id)}
        SelectDisplayProps={{ 'aria-labelledby': labelId }}
        sx={{ fontSize: 14 }}
      >
        {choices.map(({ id, name }) => (
          <MenuItem key={id} value={id}>
            {name}
          </MenuItem>
        ))}
      </Select>
    </Fact>
  );
}

function TagsEditor({ conversation }: { conversation: ConversationView }) {
  const { t } = useTranslation();
  const canAnswer = useCan('conversation.answer');
  const { tags, setTags } = useConversationTags(conversation);
  return (
    <Box sx={{ mt: 1.5 }}>
      <TagsField
        label={t('manage.tags')}
        hint={t('manage.tagsHint')}
        tags={tags}
        maxLength={TAG_MAX}
        isDisabled={!canAnswer}
        onChange={setTags}
      />
    </Box>
  );
}

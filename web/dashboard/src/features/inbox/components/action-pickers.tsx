import AddRounded from '@mui/icons-material/AddRounded';
import GroupsOutlined from '@mui/icons-material/GroupsOutlined';
import PersonOffOutlined from '@mui/icons-material/PersonOffOutlined';
import RemoveRounded from '@mui/icons-material/RemoveRounded';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AgentAvatar, AgentState } from '../../../components/ui/agent-presence';
import { PickerDialog, type PickerItem } from '../../../components/ui/picker-dialog';
import { SnoozeDialog } from '../../../components/ui/snooze-dialog';
import { countsQuery } from '../../../lib/conversations/count-queries';
import { isNameLike } from '../../../lib/name-match';
import { isAllowed } from '../../../lib/permissions';
import { useSelf } from '../../../lib/self';
import { agentsQuery, teamsQuery } from '../../../lib/tenant-queries';
import { dateTime } from '../../../lib/time';
import type { ConversationView } from '../../../lib/wire';
import type { Change } from '../api/bulk-change';
import { PRIORITIES } from '../hooks/inbox-address';
import type { InboxActions, PickerKind } from '../hooks/use-inbox-actions';

const TAG_MAX = 50;

/** The questions that some of what is done has to ask first. */
export function ActionPickers({ actions }: { actions: InboxActions }) {
  const { t, i18n } = useTranslation();
  const { asked, answer, close } = actions;
  const count = asked?.about.length ?? 0;
  return (
    <>
      <SnoozeDialog
        isOpen={asked?.kind === 'snooze'}
        onClose={close}
        onChoose={(until) => {
          const iso = until.toISOString();
          const time = dateTime(iso, i18n.language);
          answer({ status: 'snoozed', until: iso }, t('bulk.done.snoozedUntil', { count, time }));
        }}
      />
      {asked && asked.kind !== 'snooze' && (
        <ChoicePicker kind={asked.kind} about={asked.about} onAnswer={answer} onClose={close} />
      )}
    </>
  );
}

interface ChoicePickerProps {
  kind: Exclude<PickerKind, 'snooze'>;
  about: ConversationView[];
  onAnswer: InboxActions['answer'];
  onClose: () => void;
}

function ChoicePicker({ kind, about, onAnswer, onClose }: ChoicePickerProps) {
  const { t } = useTranslation();
  const [query, setQuery] = useState('');
  const typed = query.trim();
  const props = { about, typed, onAnswer };
  const items = {
    assign: useAssignees(props),
    team: useTeams(props),
    tags: useTags(props),
    priority: usePriorities(props),
  }[kind];
  return (
    <PickerDialog
      isOpen
      label={t(`bulk.ask.${kind}`, { count: about.length })}
      items={items.filter(({ label }) => isNameLike(label, typed))}
      query={query}
      longest={TAG_MAX}
      onQuery={setQuery}
      onClose={onClose}
    />
  );
}

interface Choosing {
  about: ConversationView[];
  typed: string;
  onAnswer: (change: Change, told: string) => void;
}

/** What all of them have. */
function shared<T>(about: ConversationView[], of: (one: ConversationView) => T): T | undefined {
  const values = new Set(about.map(of));
  return values.size === 1 ? [...values][0] : undefined;
}

/** Those who could answer, oneself first. */
function useAssignees({ about, onAnswer }: Choosing): PickerItem[] {
  const { t } = useTranslation();
  const self = useSelf();
  const { data = [self] } = useQuery(agentsQuery);
  const held = shared(about, ({ assignee }) => assignee?.id ?? null);
  const others = data.filter((one) => one.id !== self.id && isAllowed(one.role, 'conversation.answer'));
  const count = about.length;
  return [
    ...[self, ...others].map((agent) => ({
      id: agent.id,
      label: agent.id === self.id ? t('common.you', { name: agent.name }) : agent.name,
      icon: <AgentAvatar agent={agent} size={26} />,
      hint: <AgentState agent={agent} />,
      isChosen: held === agent.id,
      run: () => onAnswer({ assigneeId: agent.id }, t('bulk.done.assigned', { count, name: agent.name })),
    })),
    {
      id: 'nobody',
      label: t('manage.nobody'),
      icon: <PersonOffOutlined />,
      isChosen: held === null,
      run: () => onAnswer({ assigneeId: null }, t('bulk.done.unassigned', { count })),
    },
  ];
}

function useTeams({ about, onAnswer }: Choosing): PickerItem[] {
  const { t } = useTranslation();
  const { data = [] } = useQuery(teamsQuery);
  const held = shared(about, ({ team }) => team?.id ?? null);
  const count = about.length;
  return [
    ...data.map(({ id, name }) => ({
      id,
      label: name,
      icon: <GroupsOutlined />,
      isChosen: held === id,
      run: () => onAnswer({ teamId: id }, t('bulk.done.team', { count, name })),
    })),
    {
      id: 'none',
      label: t('inbox.noTeam'),
      icon: <PersonOffOutlined />,
      isChosen: held === null,
      run: () => onAnswer({ teamId: null }, t('bulk.done.noTeam', { count })),
    },
  ];
}

/** Tags that are used already, whatever else is typed, and those that can be taken off. */
function useTags({ about, typed, onAnswer }: Choosing): PickerItem[] {
  const { t } = useTranslation();
  const { data } = useQuery(countsQuery);
  const count = about.length;
  const onSome = [...new Set(about.flatMap(({ tags }) => tags))];
  const onAll = onSome.filter((tag) => about.every(({ tags }) => tags.includes(tag)));
  const used = (data?.tags ?? []).map(({ tag }) => tag);
  const addable = [...new Set([...onSome, ...used, ...(typed ? [typed] : [])])].filter(
    (tag) => !onAll.includes(tag),
  );
  return [
    ...addable.map((tag) => ({
      id: `add ${tag}`,
      label: tag,
      icon: <AddRounded />,
      group: t('bulk.addTag'),
      run: () => onAnswer({ addTags: [tag] }, t('bulk.done.tagged', { count, tag })),
    })),
    ...onSome.map((tag) => ({
      id: `remove ${tag}`,
      label: tag,
      icon: <RemoveRounded />,
      group: t('bulk.removeTag'),
      run: () => onAnswer({ removeTags: [tag] }, t('bulk.done.untagged', { count, tag })),
    })),
  ];
}

function usePriorities({ about, onAnswer }: Choosing): PickerItem[] {
  const { t } = useTranslation();
  const held = shared(about, ({ priority }) => priority);
  return PRIORITIES.map((priority) => ({
    id: priority,
    label: t(`manage.${priority}`),
    isChosen: held === priority,
    run: () =>
      onAnswer(
        { priority },
        t('bulk.done.priority', { count: about.length, priority: t(`manage.${priority}`) }),
      ),
  }));
}

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { offerOf, useCommands, whenOfferedAnew } from '../../../lib/commands';
import { conversationQuery, findAnywhere } from '../../../lib/conversations/conversation-queries';
import { useCan, useSelf } from '../../../lib/self';
import type { ConversationStatus, ConversationView } from '../../../lib/wire';
import type { Change } from '../api/bulk-change';
import { useBulkChange } from './use-bulk-change';
import { useInboxView } from './use-inbox-view';
import { focusedConversationId } from './use-list-moves';
import { isSelectable, type Selection } from './use-selection';

export type PickerKind = 'assign' | 'team' | 'tags' | 'priority' | 'snooze';

/** A question that was asked about some conversations. */
export interface Asked {
  kind: PickerKind;
  about: ConversationView[];
}

export interface InboxActions {
  asked: Asked | null;
  isBusy: boolean;
  setStatus: (status: ConversationStatus) => void;
  ask: (kind: PickerKind) => void;
  answer: (change: Change, told: string) => void;
  close: () => void;
}

/** What is done to what is chosen; with nothing chosen, to the row that has the focus, else to what is open. */
export function useInboxActions(selection: Selection, openId: string | undefined): InboxActions {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { addressOf } = useInboxView();
  const self = useSelf();
  const canAnswer = useCan('conversation.answer');
  const { change, isBusy } = useBulkChange();
  const [asked, setAsked] = useState<Asked | null>(null);

  const targets = (): ConversationView[] => {
    if (selection.chosen.length > 0) return selection.chosen;
    const id = focusedConversationId() ?? openId;
    if (!id) return [];
    const one = findAnywhere(queries, id) ?? queries.getQueryData(conversationQuery(id).queryKey);
    return one && isSelectable(one) ? [one] : [];
  };
  const act = (about: ConversationView[], what: Change, told: string) => {
    if (about.length === 0) return;
    selection.clear();
    void change(about, what, told);
  };
  const setStatus = (status: ConversationStatus) => {
    const about = targets().filter((one) => one.status !== status);
    act(about, { status }, t(`bulk.done.${status}`, { count: about.length }));
  };
  const ask = (kind: PickerKind) => {
    const about = targets();
    if (about.length > 0) setAsked({ kind, about });
  };
  const assignToMe = () => {
    const about = targets().filter(({ assignee }) => assignee?.id !== self.id);
    act(about, { assigneeId: self.id }, t('bulk.done.assigned', { count: about.length, name: self.name }));
  };
  const write = (id: 'writeReply' | 'writeNote') => {
    const focused = focusedConversationId();
    if (!focused || focused === openId) return offerOf(id)?.();
    // What is written is meant for the row that has the focus, not for what happens to be open beside.
    whenOfferedAnew(id, (offer) => offer());
    void navigate(addressOf(focused));
  };
  const allowed = (run: () => void) => (canAnswer ? run : null);
  useCommands({
    resolve: allowed(() => setStatus('resolved')),
    reopen: allowed(() => setStatus('open')),
    setPending: allowed(() => setStatus('pending')),
    snooze: allowed(() => ask('snooze')),
    assign: allowed(() => ask('assign')),
    assignToMe: allowed(assignToMe),
    reply: allowed(() => write('writeReply')),
    note: allowed(() => write('writeNote')),
    setTeam: allowed(() => ask('team')),
    setTags: allowed(() => ask('tags')),
    setPriority: allowed(() => ask('priority')),
    selectAll: allowed(selection.selectAll),
    clearSelection: selection.isActive ? selection.clear : null,
    selectConversation: allowed(() => {
      const id = focusedConversationId() ?? openId;
      if (id) selection.toggle(id);
    }),
  });
  return {
    asked,
    isBusy,
    setStatus,
    ask,
    answer: (what, told) => {
      setAsked(null);
      if (asked) act(asked.about, what, told);
    },
    close: () => setAsked(null),
  };
}

import { withChanges } from './shown-change.js';
import { hasGap, isOwn, type TimelineState } from './timeline-state.js';
import type { MessageItem, ShownChange, Timeline } from './types.js';
import type { MessageView } from './wire.js';

interface Shown {
  changes: readonly ShownChange[];
  item: MessageItem;
}

const NONE: readonly ShownChange[] = [];
const shownByMessage = new WeakMap<MessageView, Shown>();

export function toTimeline(state: TimelineState): Timeline {
  const { messages, floorSeq } = state.excerpt ?? state;
  return {
    status: state.status,
    error: state.error,
    items: [...messages.map((message) => itemOf(state, message)), ...state.pending],
    headSeq: state.headSeq,
    headRev: state.headRev,
    minSeq: state.minSeq,
    hasOlder: state.status === 'ready' && floorSeq >= Math.max(state.minSeq, 1),
    hasNewer: state.excerpt !== null,
    isLoadingOlder: state.pageAsk?.kind === 'older',
    isLoadingNewer: state.pageAsk?.kind === 'newer',
    isBehind: hasGap(state),
    typing: state.typing,
    readMarkers: state.readMarkers,
    unreadAfterSeq: state.unreadAfterSeq,
  };
}

/** One object per message and its changes, so that a view may skip what is as it was. */
function itemOf(state: TimelineState, message: MessageView): MessageItem {
  const changes = state.changes[message.id] ?? NONE;
  const held = shownByMessage.get(message);
  if (held?.changes === changes) return held.item;
  const item = makeItem(state, message, changes);
  shownByMessage.set(message, { changes, item });
  return item;
}

function makeItem(state: TimelineState, message: MessageView, changes: readonly ShownChange[]): MessageItem {
  const key = isOwn(state, message) ? message.clientMessageId : message.id;
  const shown = withChanges(message, changes, state.self);
  return { kind: 'message', key, message: shown, isChanging: shown !== message };
}

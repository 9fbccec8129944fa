import { useEffect, useEffectEvent } from 'react';
import { create } from 'zustand';

export type CommandGroup = 'go' | 'list' | 'conversation' | 'app';

interface CommandInfo {
  group: CommandGroup;
  /** As people write them: `mod` is Ctrl or Cmd, two after each other are pressed one after the other. */
  keys: readonly string[];
  /** Makes sense only as a key. */
  isKeyOnly?: boolean;
}

const list = (keys: string[], isKeyOnly = false): CommandInfo => ({ group: 'list', keys, isKeyOnly });
const conversation = (...keys: string[]): CommandInfo => ({ group: 'conversation', keys });
const go = (...keys: string[]): CommandInfo => ({ group: 'go', keys });

/** Everything that has a key or stands in the palette by name: palette, keys and the sheet of keys come from here. */
export const COMMANDS = {
  palette: { group: 'app', keys: ['mod+k'], isKeyOnly: true },
  shortcuts: { group: 'app', keys: ['?'] },
  search: { group: 'app', keys: ['/'] },
  goToInbox: go('g i'),
  goToTeam: go('g t'),
  goToOverview: go('g o'),
  goToSettings: go('g s'),
  goToSearch: go('g f'),
  nextConversation: list(['j'], true),
  previousConversation: list(['k'], true),
  openConversation: list(['enter'], true),
  selectConversation: list(['x'], true),
  selectAll: list(['shift+x']),
  clearSelection: list(['escape'], true),
  filterConversations: list(['f']),
  saveView: list([]),
  reply: conversation('r'),
  note: conversation('n'),
  resolve: conversation('e'),
  reopen: conversation('o'),
  setPending: conversation('w'),
  snooze: conversation('s'),
  assign: conversation('a'),
  assignToMe: conversation('i'),
  setTeam: conversation('t'),
  setTags: conversation('l'),
  setPriority: conversation('p'),
} as const satisfies Record<string, CommandInfo>;

export type CommandId = keyof typeof COMMANDS;
/** Of the conversation that is open; `reply` and `note` find out which one is meant, and open it first. */
export type OfferId = CommandId | 'writeReply' | 'writeNote';
export const COMMAND_IDS = Object.keys(COMMANDS) as CommandId[];
export const infoOf = (id: CommandId): CommandInfo => COMMANDS[id];

/** What can be done at the moment; what is not mounted, or not allowed, is not there. Of several, the last counts. */
type Runs = Partial<Record<OfferId, readonly (() => void)[]>>;

/** A place that the palette leads to, beside the commands. */
export interface Place {
  id: string;
  label: string;
  to: string;
}

export const useCommandStore = create<{ runs: Runs; places: Record<string, Place[]> }>(() => ({
  runs: {},
  places: {},
}));

/** Offers commands while the component is there. Null: not now. A fallback counts when nobody else offers the same. */
export function useCommands(
  offered: Partial<Record<OfferId, (() => void) | null>>,
  isFallback = false,
): void {
  const ids = (Object.keys(offered) as OfferId[]).filter((id) => offered[id]).join(' ');
  const run = useEffectEvent((id: OfferId) => offered[id]?.());
  useEffect(() => {
    const own = (ids.split(' ') as OfferId[]).filter(Boolean).map((id) => ({ id, offer: () => run(id) }));
    for (const { id, offer } of own)
      change(id, (offers) => (isFallback ? [offer, ...offers] : [...offers, offer]));
    return () => {
      for (const { id, offer } of own) change(id, (offers) => offers.filter((one) => one !== offer));
    };
  }, [ids, isFallback]);
}

/** A page that takes longer is no longer waited for: by then, the keyboard is used for something else. */
const OPENING_MS = 5_000;

type Offers = readonly (() => void)[];

function change(id: OfferId, next: (offers: Offers) => Offers): void {
  useCommandStore.setState(({ runs }) => ({ runs: { ...runs, [id]: next(runs[id] ?? []) } }));
}

export function usePlaces(source: string, places: Place[]): void {
  const told = JSON.stringify(places);
  useEffect(() => {
    const offered = JSON.parse(told) as Place[];
    useCommandStore.setState((held) => ({ places: { ...held.places, [source]: offered } }));
    return () => useCommandStore.setState((held) => ({ places: { ...held.places, [source]: [] } }));
  }, [source, told]);
}

/** As soon as somebody else offers it than now, or never. */
export function whenOfferedAnew(id: OfferId, run: (offer: () => void) => void): void {
  const before = offerOf(id);
  const stop = useCommandStore.subscribe(() => {
    const offer = offerOf(id);
    if (!offer || offer === before) return;
    end();
    run(offer);
  });
  const timer = setTimeout(() => stop(), OPENING_MS);
  const end = () => {
    clearTimeout(timer);
    stop();
  };
}

/** What the command does now; undefined when it cannot be done. */
export function offerOf(id: OfferId): (() => void) | undefined {
  return useCommandStore.getState().runs[id]?.at(-1);
}

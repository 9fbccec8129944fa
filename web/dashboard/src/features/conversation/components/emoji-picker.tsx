import Box from '@mui/material/Box';
import OutlinedInput from '@mui/material/OutlinedInput';
import Popover from '@mui/material/Popover';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { isComposing } from '../../../lib/keys';
import { recentEmojis, rememberEmoji } from '../../../lib/recent-emojis';
import { emojisQuery, findEmojis, type Emoji } from '../api/emoji-names';

const COLUMNS = 8;
const CELL = 36;

interface EmojiPickerProps {
  anchor: HTMLElement;
  /** What it is for, as its title. */
  label: string;
  onPick: (emoji: string) => void;
  onClose: () => void;
}

interface Section {
  key: string;
  title: string;
  emojis: readonly Pick<Emoji, 'emoji'>[];
}

/** What one used last, all there are, and a search in both languages; by pointer or by arrows. */
export function EmojiPicker({ anchor, label, onPick, onClose }: EmojiPickerProps) {
  const { t } = useTranslation();
  const [query, setQuery] = useState('');
  const sections = useSections(query);
  const nameOf = useNames();
  const grid = useRef<HTMLDivElement>(null);
  const close = () => {
    onClose();
    anchor.focus();
  };
  const pick = (emoji: string) => {
    rememberEmoji(emoji);
    close();
    onPick(emoji);
  };
  const first = sections.find(({ emojis }) => emojis.length > 0)?.emojis[0];
  const onSearchKey = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    if (event.key === 'ArrowDown') focusCell(grid.current, 0);
    else if (event.key === 'Enter' && first) pick(first.emoji);
    else return;
    event.preventDefault();
  };
  return (
    <Popover
      open
      // By itself it would do so after the text has taken the focus.
      disableRestoreFocus
      anchorEl={anchor}
      onClose={close}
      anchorOrigin={{ vertical: 'top', horizontal: 'center' }}
      transformOrigin={{ vertical: 'bottom', horizontal: 'center' }}
      slotProps={{ paper: { role: 'dialog', 'aria-label': label } }}
    >
      <Box sx={{ p: 1, pb: 0.5 }}>
        <OutlinedInput
          autoFocus
          fullWidth
          size="small"
          value={query}
          placeholder={t('emoji.search')}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={onSearchKey}
          slotProps={{ input: { 'aria-label': t('emoji.search'), maxLength: 60 } }}
        />
      </Box>
      <Box
        ref={grid}
        onKeyDown={(event) => moveInGrid(event, grid.current)}
        sx={{ width: COLUMNS * CELL + 24, height: 264, overflowY: 'auto', px: 1, pb: 1 }}
      >
        {sections.map(({ key, title, emojis }, section) => (
          <Box key={key} role="group" aria-label={title}>
            <Box aria-hidden sx={{ px: 0.5, pt: 1, pb: 0.5, fontSize: 12, color: 'text.secondary' }}>
              {title}
            </Box>
            <Box sx={gridSx}>
              {emojis.map(({ emoji }, index) => (
                <button
                  key={emoji}
                  type="button"
                  data-emoji={emoji}
                  // One stop of the Tab key; the arrows lead on from there.
                  tabIndex={section === 0 && index === 0 ? 0 : -1}
                  aria-label={`${emoji} ${nameOf(emoji)}`.trim()}
                  title={nameOf(emoji)}
                  onClick={() => pick(emoji)}
                >
                  {emoji}
                </button>
              ))}
            </Box>
          </Box>
        ))}
        {!first && (
          <Box role="status" sx={{ p: 2, textAlign: 'center', fontSize: 13, color: 'text.secondary' }}>
            {t('emoji.none')}
          </Box>
        )}
      </Box>
    </Popover>
  );
}

/** Styled from above: a styled component for each of so many would be felt. */
const gridSx = {
  display: 'grid',
  gridTemplateColumns: `repeat(${COLUMNS}, ${CELL}px)`,
  '& button': {
    width: CELL,
    height: CELL,
    p: 0,
    border: 0,
    borderRadius: 1,
    bgcolor: 'transparent',
    color: 'text.primary',
    fontSize: 21,
    lineHeight: 1,
    cursor: 'pointer',
    // Hundreds of them: those out of sight are not drawn.
    contentVisibility: 'auto',
    '&:hover, &:focus-visible': { bgcolor: 'action.hover' },
  },
} as const;

function useSections(query: string): Section[] {
  const { t } = useTranslation();
  const { data: groups } = useQuery(emojisQuery);
  const [recent] = useState(() => recentEmojis().map((emoji) => ({ emoji })));
  return useMemo(() => {
    if (query.trim() !== '') {
      return [{ key: 'found', title: t('emoji.found'), emojis: findEmojis(groups ?? [], query) }];
    }
    const all = (groups ?? []).map(({ key, emojis }) => ({ key, title: t(`emoji.${key}`), emojis }));
    return [{ key: 'recent', title: t('emoji.recent'), emojis: recent }, ...all];
  }, [query, groups, recent, t]);
}

/** What an emoji is called; nothing until the names are there. */
function useNames(): (emoji: string) => string {
  const { i18n } = useTranslation();
  const { data: groups } = useQuery(emojisQuery);
  const language = i18n.language.startsWith('ko') ? 'ko' : 'en';
  const names = useMemo(
    () =>
      new Map(
        groups?.flatMap(({ emojis }) => emojis.map(({ emoji, words }) => [emoji, words[language][0]!])),
      ),
    [groups, language],
  );
  return (emoji) => names.get(emoji) ?? '';
}

const cellsOf = (grid: HTMLElement | null) => [
  ...(grid?.querySelectorAll<HTMLElement>('[data-emoji]') ?? []),
];

function focusCell(grid: HTMLElement | null, index: number): void {
  cellsOf(grid)[index]?.focus();
}

function moveInGrid(event: KeyboardEvent, grid: HTMLElement | null): void {
  const cells = cellsOf(grid);
  const index = cells.indexOf(document.activeElement as HTMLElement);
  const next = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: cells.length - 1 }[event.key];
  const target = next === undefined ? rowNeighbour(cells, index, event.key) : cells[next];
  if (!target) return;
  event.preventDefault();
  target.focus();
}

/** The nearest in the row above or below, by where they are drawn: sections end in rows that are not full. */
function rowNeighbour(cells: HTMLElement[], index: number, key: string): HTMLElement | undefined {
  const from = cells[index]?.getBoundingClientRect();
  if (!from || (key !== 'ArrowDown' && key !== 'ArrowUp')) return undefined;
  const isDown = key === 'ArrowDown';
  const onward = isDown ? cells.slice(index + 1) : cells.slice(0, index).reverse();
  const row = onward.find((cell) => {
    const { top } = cell.getBoundingClientRect();
    return isDown ? top > from.top : top < from.top;
  });
  const top = row?.getBoundingClientRect().top;
  const near = onward.filter((cell) => cell.getBoundingClientRect().top === top);
  const distance = (cell: HTMLElement) => Math.abs(cell.getBoundingClientRect().left - from.left);
  return near.sort((a, b) => distance(a) - distance(b))[0];
}

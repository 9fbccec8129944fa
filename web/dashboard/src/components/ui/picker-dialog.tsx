import CheckRounded from '@mui/icons-material/CheckRounded';
import Box from '@mui/material/Box';
import CircularProgress from '@mui/material/CircularProgress';
import Dialog from '@mui/material/Dialog';
import InputBase from '@mui/material/InputBase';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { isComposing } from '../../lib/keys';
import { oneLine } from '../../lib/one-line';
import { KeyCaps } from './key-caps';

export interface PickerItem {
  id: string;
  label: string;
  /** Those of one group stand together, under its name. */
  group?: string;
  hint?: ReactNode;
  icon?: ReactNode;
  keys?: string;
  isChosen?: boolean;
  run: () => void;
}

interface PickerDialogProps {
  isOpen: boolean;
  label: string;
  /** Those that fit what is typed. */
  items: readonly PickerItem[];
  query: string;
  longest: number;
  isLoading?: boolean;
  emptyText?: string;
  onQuery: (query: string) => void;
  onClose: () => void;
}

/** A field, and what fits what is typed in it: the arrows choose, Enter takes. */
export function PickerDialog({ isOpen, onClose, label, ...rest }: PickerDialogProps) {
  return (
    <Dialog
      open={isOpen}
      onClose={onClose}
      aria-label={label}
      maxWidth="sm"
      transitionDuration={0}
      sx={{ '& .MuiDialog-container': { alignItems: 'flex-start' } }}
      slotProps={{
        paper: {
          sx: {
            mx: { xs: 1.5, sm: 4 },
            mt: { xs: 2, sm: '12vh' },
            maxHeight: { xs: '80dvh', sm: 480 },
            width: 1,
          },
        },
      }}
    >
      <Picker label={label} onClose={onClose} {...rest} />
    </Dialog>
  );
}

function Picker(props: Omit<PickerDialogProps, 'isOpen'>) {
  const { label, items, query, longest, isLoading, emptyText, onQuery, onClose } = props;
  const { t } = useTranslation();
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const active = Math.min(at, items.length - 1);
  const optionId = (index: number) => `${listId}-${index}`;
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView?.({ block: 'nearest' });
  }, [active]);
  const take = (item: PickerItem | undefined) => {
    if (!item) return;
    // Closed first: what comes next finds the focus where it was.
    flushSync(onClose);
    item.run();
  };
  const press = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Enter') take(items[active]);
    else if (step) setAt((active + step + items.length) % Math.max(1, items.length));
    else return;
    event.preventDefault();
  };
  return (
    <>
      <InputBase
        autoFocus
        fullWidth
        value={query}
        placeholder={label}
        onChange={(event) => {
          setAt(0);
          onQuery(event.target.value);
        }}
        onKeyDown={press}
        endAdornment={isLoading && <CircularProgress size={18} aria-label={t('common.loading')} />}
        slotProps={{
          input: {
            role: 'combobox',
            'aria-label': label,
            'aria-expanded': items.length > 0,
            'aria-controls': listId,
            'aria-autocomplete': 'list',
            'aria-activedescendant': active >= 0 ? optionId(active) : undefined,
            autoComplete: 'off',
            maxLength: longest,
          },
        }}
        sx={{
          flexShrink: 0,
          px: 2.5,
          height: 56,
          fontSize: 16,
          borderBottom: 1,
          borderColor: 'divider',
          '& input:focus-visible': { outline: 'none' },
        }}
      />
      {items.length === 0 && !isLoading && (
        <Box role="status" sx={{ p: 3, textAlign: 'center', color: 'text.secondary', fontSize: 14 }}>
          {emptyText ?? t('commands.nothing')}
        </Box>
      )}
      <Box
        ref={list}
        id={listId}
        role="listbox"
        aria-label={label}
        sx={{ overflowY: 'auto', p: items.length > 0 ? 1 : 0, minHeight: 0 }}
      >
        {groupsOf(items).map(({ name, from, members }) => (
          <Box key={from} role="group" aria-label={name}>
            {name && (
              <Box aria-hidden sx={groupSx}>
                {name}
              </Box>
            )}
            {members.map((item, index) => (
              <Option
                key={item.id}
                id={optionId(from + index)}
                item={item}
                isActive={from + index === active}
                onPoint={() => setAt(from + index)}
                onTake={() => take(item)}
              />
            ))}
          </Box>
        ))}
      </Box>
    </>
  );
}

interface Group {
  name: string | undefined;
  from: number;
  members: PickerItem[];
}

function groupsOf(items: readonly PickerItem[]): Group[] {
  const groups: Group[] = [];
  for (const [index, item] of items.entries()) {
    const last = groups.at(-1);
    if (last && last.name === item.group) last.members.push(item);
    else groups.push({ name: item.group, from: index, members: [item] });
  }
  return groups;
}

interface OptionProps {
  id: string;
  item: PickerItem;
  isActive: boolean;
  onPoint: () => void;
  onTake: () => void;
}

/** The keyboard stays in the field; the pointer points. */
function Option({ id, item, isActive, onPoint, onTake }: OptionProps) {
  return (
    <Box
      id={id}
      role="option"
      aria-selected={isActive}
      onMouseMove={onPoint}
      onClick={onTake}
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 1.5,
        minHeight: 42,
        px: 1.5,
        py: 0.5,
        borderRadius: 1,
        cursor: 'pointer',
        fontSize: 14,
        bgcolor: isActive ? 'primary.light' : 'transparent',
        '& svg': { fontSize: 20, color: 'text.secondary' },
      }}
    >
      {item.icon && (
        <Box component="span" sx={{ display: 'grid', placeItems: 'center', width: 26, flexShrink: 0 }}>
          {item.icon}
        </Box>
      )}
      <Box component="span" sx={{ flex: 1, minWidth: 0 }}>
        <Box component="span" sx={{ ...oneLine, display: 'block' }}>
          {item.label}
        </Box>
        {item.hint && (
          <Box
            component="span"
            sx={{ ...oneLine, display: 'block', fontSize: 12.5, color: 'text.secondary' }}
          >
            {item.hint}
          </Box>
        )}
      </Box>
      {item.isChosen && <CheckRounded aria-hidden />}
      {item.keys && <KeyCaps keys={item.keys} />}
    </Box>
  );
}

const groupSx = {
  px: 1.5,
  pt: 1.25,
  pb: 0.5,
  fontSize: 12,
  fontWeight: 600,
  color: 'text.secondary',
} as const;

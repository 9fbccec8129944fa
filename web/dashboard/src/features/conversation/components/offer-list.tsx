import MenuItem from '@mui/material/MenuItem';
import MenuList from '@mui/material/MenuList';
import Paper from '@mui/material/Paper';
import Popper from '@mui/material/Popper';
import type { SxProps, Theme } from '@mui/material/styles';
import type { ReactNode } from 'react';

/** What a list that is offered over a field has in common. */
export interface Offer<T> {
  /** Of the list; its options are `<id>-<index>`. */
  id: string;
  anchor: HTMLElement | null;
  current: number;
  onChoose: (item: T) => void;
}

interface OfferListProps<T> extends Offer<T> {
  label: string;
  width: number;
  items: readonly T[];
  keyOf: (item: T) => string;
  optionSx: SxProps<Theme>;
  children: (item: T) => ReactNode;
}

/** The focus stays in the text: the field says which of these is meant. */
export function OfferList<T>(props: OfferListProps<T>) {
  const { id, anchor, current, onChoose, label, width, items, keyOf, optionSx, children } = props;
  return (
    <Popper open anchorEl={anchor} placement="top-start" sx={{ zIndex: 'tooltip' }}>
      <Paper elevation={6} sx={{ my: 0.5, width, maxWidth: 'calc(100vw - 24px)' }}>
        <MenuList
          id={id}
          role="listbox"
          aria-label={label}
          autoFocus={false}
          sx={{ maxHeight: 320, overflowY: 'auto', py: 0.5 }}
        >
          {items.map((item, index) => (
            <MenuItem
              key={keyOf(item)}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === current}
              selected={index === current}
              tabIndex={-1}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onChoose(item)}
              sx={optionSx}
            >
              {children(item)}
            </MenuItem>
          ))}
        </MenuList>
      </Paper>
    </Popper>
  );
}

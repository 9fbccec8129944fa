import Box from '@mui/material/Box';
import { visuallyHidden } from '@mui/utils';
import { create } from 'zustand';

const useAnnouncement = create<{ text: string; count: number }>(() => ({ text: '', count: 0 }));

/** Says it to screen readers. The timeline itself is virtual: as a live region it would read out what is scrolled. */
export function announce(text: string): void {
  useAnnouncement.setState(({ count }) => ({ text, count: count + 1 }));
}

export function LiveRegion() {
  const { text, count } = useAnnouncement();
  return (
    <Box role="log" aria-live="polite" sx={visuallyHidden}>
      <span key={count}>{text}</span>
    </Box>
  );
}

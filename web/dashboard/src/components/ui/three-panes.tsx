import Box from '@mui/material/Box';
import type { Theme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import type { ReactNode } from 'react';

interface ThreePanesProps {
  /** Left of the list, where there is room for it: which lists there are. */
  views?: ReactNode;
  list: ReactNode;
  content: ReactNode;
  /** On a phone one of the two is shown. */
  isListOnly: boolean;
}

/** List and content beside each other; on a phone each is a screen. The third pane is the content's own. */
export function ThreePanes({ views, list, content, isListOnly }: ThreePanesProps) {
  const isWide = useMediaQuery((theme: Theme) => theme.breakpoints.up('md'));
  if (!isWide) return <Box sx={{ height: '100%' }}>{isListOnly ? list : content}</Box>;
  return (
    <Box sx={{ display: 'flex', height: '100%' }}>
      {views && (
        <Box
          sx={{
            width: 212,
            flexShrink: 0,
            borderRight: 1,
            borderColor: 'divider',
            bgcolor: 'surface.sunken',
          }}
        >
          {views}
        </Box>
      )}
      <Box sx={{ width: { md: 320, lg: 356 }, flexShrink: 0, borderRight: 1, borderColor: 'divider' }}>
        {list}
      </Box>
      <Box sx={{ flex: 1, minWidth: 0 }}>{content}</Box>
    </Box>
  );
}

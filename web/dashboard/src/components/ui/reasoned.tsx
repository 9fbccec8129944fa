import Box from '@mui/material/Box';
import Tooltip from '@mui/material/Tooltip';
import type { ReactElement } from 'react';

/** A disabled control does not explain itself: this says why, to pointer and keyboard. */
export function Reasoned({ reason, children }: { reason: string | false; children: ReactElement }) {
  if (!reason) return children;
  return (
    <Tooltip title={reason} enterDelay={0}>
      <Box component="span" tabIndex={0} sx={{ display: 'inline-flex' }}>
        {children}
      </Box>
    </Tooltip>
  );
}

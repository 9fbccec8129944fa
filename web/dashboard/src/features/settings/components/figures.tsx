import Box from '@mui/material/Box';
import type { ReactNode } from 'react';

/** Numbers beside each other, each under what it counts. */
export function Figures({ children }: { children: ReactNode }) {
  return (
    <Box
      component="dl"
      sx={{
        display: 'grid',
        gridTemplateColumns: 'repeat(auto-fill, minmax(88px, 1fr))',
        columnGap: 2,
        rowGap: 1.5,
        m: 0,
      }}
    >
      {children}
    </Box>
  );
}

interface FigureProps {
  label: string;
  value: string;
  isWarning?: boolean;
}

export function Figure({ label, value, isWarning }: FigureProps) {
  return (
    <div>
      <Box component="dt" sx={{ fontSize: 12.5, color: 'text.secondary' }}>
        {label}
      </Box>
      <Box
        component="dd"
        sx={{
          m: 0,
          fontSize: 17,
          fontWeight: 600,
          fontVariantNumeric: 'tabular-nums',
          color: isWarning ? 'error.main' : 'text.primary',
        }}
      >
        {value}
      </Box>
    </div>
  );
}

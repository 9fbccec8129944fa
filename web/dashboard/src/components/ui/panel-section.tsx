import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';

interface PanelSectionProps {
  title: string;
  action?: ReactNode;
  children: ReactNode;
}

export function PanelSection({ title, action, children }: PanelSectionProps) {
  return (
    <Box component="section" sx={{ px: 2.5, py: 2, borderBottom: 1, borderColor: 'divider' }}>
      <Box
        sx={{
          display: 'flex',
          alignItems: 'center',
          justifyContent: 'space-between',
          minHeight: 32,
          mb: 0.5,
        }}
      >
        <Typography variant="h3">{title}</Typography>
        {action}
      </Box>
      {children}
    </Box>
  );
}

interface FactProps {
  label: string;
  labelId?: string;
  children: ReactNode;
}

/** A label and what it says, in one line. */
export function Fact({ label, labelId, children }: FactProps) {
  return (
    <Box
      sx={{
        display: 'grid',
        gridTemplateColumns: '92px 1fr',
        alignItems: 'center',
        gap: 1,
        minHeight: 34,
        fontSize: 14,
      }}
    >
      <Box id={labelId} sx={{ color: 'text.secondary', fontSize: 13 }}>
        {label}
      </Box>
      <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>{children}</Box>
    </Box>
  );
}

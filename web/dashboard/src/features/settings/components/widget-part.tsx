import Stack from '@mui/material/Stack';
import type { ReactNode } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import type { WidgetForm } from '../hooks/widget-form';
import { SettingsGroup } from './settings-page';

export interface WidgetPartProps {
  form: UseFormReturn<WidgetForm>;
  isReadOnly: boolean;
}

interface WidgetPartGroupProps {
  title: string;
  hint?: string;
  children: ReactNode;
}

/** Of the one form of the widget, what belongs together. */
export function WidgetPartGroup({ title, hint, children }: WidgetPartGroupProps) {
  return (
    <SettingsGroup title={title} hint={hint}>
      <Stack spacing={2.5} sx={{ alignItems: 'stretch' }}>
        {children}
      </Stack>
    </SettingsGroup>
  );
}

import Box from '@mui/material/Box';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyField } from '../../../components/ui/copy-field';
import { IDENTITY_SAMPLES, SECRET_VARIABLE, type IdentitySample } from '../hooks/identity-samples';

/** What to put on one's own server, in its language. */
export function IdentitySamples() {
  const { t } = useTranslation();
  const id = useId();
  const [chosen, setChosen] = useState<IdentitySample['id']>('node');
  const sample = IDENTITY_SAMPLES.find((one) => one.id === chosen)!;
  return (
    <Box>
      <Tabs
        value={chosen}
        variant="scrollable"
        scrollButtons={false}
        aria-label={t('environments.samples')}
        onChange={(_event, next: IdentitySample['id']) => setChosen(next)}
        sx={{ mb: 1.5, minHeight: 40, '& .MuiTab-root': { minHeight: 40, px: 1.5, minWidth: 0 } }}
      >
        {IDENTITY_SAMPLES.map((one) => (
          <Tab
            key={one.id}
            value={one.id}
            label={one.label}
            id={`${id}-${one.id}`}
            aria-controls={`${id}-panel`}
          />
        ))}
      </Tabs>
      <Box role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${chosen}`}>
        <CopyField
          isMultiline
          label={t('environments.sampleFor', { language: sample.label })}
          value={sample.code}
          hint={t('environments.sampleHint', { variable: SECRET_VARIABLE })}
        />
      </Box>
    </Box>
  );
}

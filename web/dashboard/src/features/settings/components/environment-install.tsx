import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { CopyField } from '../../../components/ui/copy-field';
import type { EnvironmentView } from '../../../lib/wire';
import { installSnippet, memberSnippet } from '../hooks/snippets';

export function EnvironmentInstall({ environment }: { environment: EnvironmentView }) {
  const { t } = useTranslation();
  const { origin } = window.location;
  return (
    <Stack spacing={4}>
      <Box>
        <Typography variant="body2" sx={{ mb: 1.5 }}>
          {t('environments.installIntro')}
        </Typography>
        <CopyField
          isMultiline
          label={t('environments.install')}
          value={installSnippet(origin, environment.pluginKey)}
        />
      </Box>
      <Box>
        <Typography variant="body2" sx={{ mb: 1.5 }}>
          {t('environments.installMemberText')}
        </Typography>
        <CopyField
          isMultiline
          label={t('environments.installMember')}
          value={memberSnippet(environment.pluginKey)}
        />
      </Box>
    </Stack>
  );
}

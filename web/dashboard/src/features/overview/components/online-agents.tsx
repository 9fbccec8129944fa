import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { PersonAvatar } from '../../../components/ui/person-avatar';
import type { OverviewView } from '../../../lib/wire';

export function OnlineAgents({ agents }: { agents: OverviewView['online'] }) {
  const { t } = useTranslation();
  const titleId = useId();
  return (
    <Box
      component="section"
      aria-labelledby={titleId}
      sx={{ mt: 2, p: { xs: 1.5, sm: 2 }, border: 1, borderColor: 'divider', borderRadius: 1.25 }}
    >
      <Typography variant="h2" id={titleId} sx={{ mb: 1.5 }}>
        {t('overview.online')}
      </Typography>
      {agents.length === 0 ? (
        <Box sx={{ color: 'text.secondary', fontSize: 14 }}>{t('overview.nobodyOnline')}</Box>
      ) : (
        <Box
          component="ul"
          aria-labelledby={titleId}
          sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, m: 0, p: 0, listStyle: 'none' }}
        >
          {agents.map(({ id, name, avatarUrl, presence }) => (
            <Box component="li" key={id} sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
              <PersonAvatar id={id} name={name} avatarUrl={avatarUrl} presence={presence} size={32} />
              <Box sx={{ fontSize: 14 }}>
                {name}
                {presence === 'away' && (
                  <Box component="span" sx={{ color: 'text.secondary' }}>
                    {` · ${t('overview.away')}`}
                  </Box>
                )}
              </Box>
            </Box>
          ))}
        </Box>
      )}
    </Box>
  );
}

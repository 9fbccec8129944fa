import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageSwitch } from '../../../components/ui/language-switch';
import { useTitle } from '../../../lib/use-title';

interface AuthLayoutProps {
  title: string;
  text?: string;
  children: ReactNode;
  footer?: ReactNode;
}

export function AuthLayout({ title, text, children, footer }: AuthLayoutProps) {
  useTitle(title);
  return (
    <Box
      sx={{
        minHeight: '100%',
        display: 'grid',
        gridTemplateRows: 'auto 1fr auto',
        bgcolor: 'surface.sunken',
      }}
    >
      <Stack
        direction="row"
        sx={{ justifyContent: 'space-between', alignItems: 'center', p: { xs: 2, sm: 3 } }}
      >
        <Brand />
        <LanguageSwitch />
      </Stack>
      <Box
        component="main"
        sx={{
          alignSelf: { xs: 'start', sm: 'center' },
          justifySelf: 'center',
          width: '100%',
          maxWidth: 440,
          p: 2,
        }}
      >
        <Box
          sx={{
            bgcolor: 'background.paper',
            border: 1,
            borderColor: 'divider',
            borderRadius: 2,
            p: { xs: 3, sm: 4 },
          }}
        >
          <Typography variant="h1">{title}</Typography>
          {text && (
            <Typography variant="body2" color="textSecondary" sx={{ mt: 0.75 }}>
              {text}
            </Typography>
          )}
          <Box sx={{ mt: 3 }}>{children}</Box>
        </Box>
        {footer && <Box sx={{ mt: 2.5, textAlign: 'center' }}>{footer}</Box>}
      </Box>
      <Box sx={{ height: { xs: 24, sm: 72 } }} />
    </Box>
  );
}

function Brand() {
  const { t } = useTranslation();
  return (
    <Stack direction="row" spacing={1.25} sx={{ alignItems: 'center' }}>
      <Box
        component="img"
        src={`${import.meta.env.BASE_URL}favicon.svg`}
        alt=""
        sx={{ width: 28, height: 28 }}
      />
      <Typography variant="h3" component="span">
        {t('app.name')}
      </Typography>
    </Stack>
  );
}

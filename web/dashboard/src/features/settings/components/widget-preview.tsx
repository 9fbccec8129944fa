import CloseRounded from '@mui/icons-material/CloseRounded';
import VisibilityOutlined from '@mui/icons-material/VisibilityOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import IconButton from '@mui/material/IconButton';
import { useColorScheme } from '@mui/material/styles';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useId, useState } from 'react';
import { useWatch, type Control } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { PREVIEW_WORDS, type PreviewLanguage } from '../hooks/preview-words';
import { WIDGET_LANGUAGES, type WidgetForm } from '../hooks/widget-form';
import { WidgetMock } from './widget-mock';

interface WidgetPreviewProps {
  control: Control<WidgetForm>;
}

/**
 * What visitors will see, while it is being changed. Drawn here from the widget's own colours and measures, not by
 * the widget itself: that shows nothing before it has booted a user, and a way in for settings that nobody has
 * signed would be there on every customer's page, and weigh on each of them.
 */
export function WidgetPreview({ control }: WidgetPreviewProps) {
  const { t, i18n } = useTranslation();
  const [language, setLanguage] = useState<PreviewLanguage>(i18n.language === 'ko' ? 'ko' : 'en');
  const form = useWatch({ control }) as WidgetForm;
  const isDark = useIsDark(form.theme);
  return (
    <Box component="section" aria-label={t('widget.preview')}>
      <Box sx={{ display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: 1, mb: 1.5 }}>
        <Typography variant="h3" component="p">
          {t('widget.preview')}
        </Typography>
        <ToggleButtonGroup
          exclusive
          size="small"
          value={language}
          aria-label={t('widget.previewLanguage')}
          onChange={(_event, next: PreviewLanguage | null) => next && setLanguage(next)}
        >
          {WIDGET_LANGUAGES.map((one) => (
            <ToggleButton key={one} value={one} lang={one} sx={{ px: 1, py: 0.25, fontSize: 12 }}>
              {PREVIEW_WORDS[one].language}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      </Box>
      <WidgetMock form={form} language={language} isDark={isDark} />
    </Box>
  );
}

/** Where there is no room beside the fields. */
export function WidgetPreviewButton({ control }: WidgetPreviewProps) {
  const { t } = useTranslation();
  const titleId = useId();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button
        variant="outlined"
        startIcon={<VisibilityOutlined />}
        onClick={() => setIsOpen(true)}
        sx={{ mb: 3 }}
      >
        {t('widget.showPreview')}
      </Button>
      <Dialog open={isOpen} onClose={() => setIsOpen(false)} aria-labelledby={titleId}>
        <DialogTitle id={titleId} sx={{ pr: 7 }}>
          {t('environments.widget')}
        </DialogTitle>
        <IconButton
          aria-label={t('common.close')}
          onClick={() => setIsOpen(false)}
          sx={{ position: 'absolute', top: 12, right: 12 }}
        >
          <CloseRounded />
        </IconButton>
        <DialogContent>
          <WidgetPreview control={control} />
        </DialogContent>
      </Dialog>
    </>
  );
}

/** As it looks to whoever has the same device as the agent. */
function useIsDark(theme: WidgetForm['theme']): boolean {
  const { mode, systemMode } = useColorScheme();
  const isSystemDark = useMediaQuery('(prefers-color-scheme: dark)');
  if (theme !== 'system') return theme === 'dark';
  return (mode === 'system' ? systemMode : mode) === 'dark' || (mode === undefined && isSystemDark);
}

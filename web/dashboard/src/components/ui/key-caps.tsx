import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';

const IS_APPLE = /Mac|iPhone|iPad/.test(navigator.platform);
const NAMES: Record<string, string> = {
  mod: IS_APPLE ? '⌘' : 'Ctrl',
  shift: IS_APPLE ? '⇧' : 'Shift',
  enter: 'Enter',
  escape: 'Esc',
};
const nameOf = (key: string) => NAMES[key] ?? key.toUpperCase();

/** Keys as a command has them, as people see them on a keyboard. */
export function KeyCaps({ keys }: { keys: string }) {
  const { t } = useTranslation();
  return (
    <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.5, flexShrink: 0 }}>
      {keys.split(' ').map((pressed, index) => (
        <Box
          component="span"
          key={`${index} ${pressed}`}
          sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.5 }}
        >
          {index > 0 && (
            <Box component="span" sx={{ fontSize: 11.5, color: 'text.secondary' }}>
              {t('commands.then')}
            </Box>
          )}
          {pressed.split('+').map((key) => (
            <Box component="kbd" key={key} sx={capSx}>
              {nameOf(key)}
            </Box>
          ))}
        </Box>
      ))}
    </Box>
  );
}

const capSx = {
  minWidth: 22,
  px: 0.625,
  py: 0.125,
  border: 1,
  borderColor: 'divider',
  borderRadius: 0.5,
  bgcolor: 'surface.sunken',
  color: 'text.secondary',
  fontFamily: 'inherit',
  fontSize: 11.5,
  fontWeight: 600,
  lineHeight: '18px',
  textAlign: 'center',
} as const;

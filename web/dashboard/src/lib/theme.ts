import { createTheme } from '@mui/material/styles';

declare module '@mui/material/styles' {
  /** A private note wears these and nothing else does: it must not be taken for a reply. */
  interface Palette {
    /** The name of the reader, in whatever bubble it stands. */
    mention: { surface: string; text: string };
    note: { surface: string; border: string; text: string };
    surface: { sunken: string; rail: string; railText: string; bubble: string; own: string; ownText: string };
  }
  interface PaletteOptions {
    mention: Palette['mention'];
    note: Palette['note'];
    surface: Palette['surface'];
  }
}

const FONTS = [
  'Pretendard Variable',
  'Pretendard',
  'system-ui',
  '-apple-system',
  'Segoe UI',
  'Apple SD Gothic Neo',
  'Malgun Gothic',
  'Noto Sans KR',
  'Noto Sans CJK KR',
  'sans-serif',
]
  .map((name) => (name.includes(' ') ? `"${name}"` : name))
  .join(', ');

export const MONOSPACE = 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Noto Sans Mono CJK KR", monospace';

/** What WCAG asks of text. */
const contrastThreshold = 4.5;

const light = {
  palette: {
    contrastThreshold,
    primary: { main: '#2347c5', dark: '#1a379c', light: '#e6ebfb', contrastText: '#ffffff' },
    secondary: { main: '#4a5268' },
    success: { main: '#177a4b' },
    warning: { main: '#9a5b00' },
    error: { main: '#c4302b' },
    info: { main: '#2347c5' },
    background: { default: '#ffffff', paper: '#ffffff' },
    text: { primary: '#161a24', secondary: '#5a6273', disabled: '#8b92a1' },
    divider: '#e4e7ee',
    mention: { surface: '#ffd8a8', text: '#4a2500' },
    note: { surface: '#fff4d6', border: '#e2b13c', text: '#5c3f00' },
    surface: {
      sunken: '#f5f6f9',
      rail: '#171b26',
      railText: '#aab2c5',
      bubble: '#eef0f5',
      own: '#2347c5',
      ownText: '#ffffff',
    },
  },
};

const dark = {
  palette: {
    contrastThreshold,
    primary: { main: '#93abff', dark: '#6f8df5', light: '#232c4d', contrastText: '#0d1222' },
    secondary: { main: '#aab2c5' },
    success: { main: '#5fca94' },
    warning: { main: '#f0b452' },
    error: { main: '#ff8f88', dark: '#e8736c' },
    info: { main: '#93abff', dark: '#6f8df5' },
    background: { default: '#14171f', paper: '#1a1e28' },
    text: { primary: '#e9ecf3', secondary: '#a3abbc', disabled: '#6f788b' },
    divider: '#2a303d',
    mention: { surface: '#f0a95a', text: '#2a1500' },
    note: { surface: '#3a2f12', border: '#a47d22', text: '#ffe3a3' },
    surface: {
      sunken: '#10131a',
      rail: '#0c0e14',
      railText: '#98a1b5',
      bubble: '#252b38',
      own: '#2f4fc4',
      ownText: '#ffffff',
    },
  },
};

export const theme = createTheme({
  cssVariables: { colorSchemeSelector: 'data-theme', nativeColor: false },
  colorSchemes: { light, dark },
  shape: { borderRadius: 10 },
  typography: {
    fontFamily: FONTS,
    fontSize: 14,
    h1: { fontSize: '1.375rem', fontWeight: 700, lineHeight: 1.3, letterSpacing: '-0.01em' },
    h2: { fontSize: '1.0625rem', fontWeight: 700, lineHeight: 1.4 },
    h3: { fontSize: '0.9375rem', fontWeight: 650, lineHeight: 1.4 },
    subtitle2: { fontSize: '0.8125rem', fontWeight: 600 },
    body1: { fontSize: '0.9375rem', lineHeight: 1.55 },
    body2: { fontSize: '0.875rem', lineHeight: 1.5 },
    caption: { fontSize: '0.78125rem', lineHeight: 1.45 },
    button: { textTransform: 'none', fontWeight: 600 },
  },
  components: {
    MuiCssBaseline: {
      styleOverrides: {
        'html, body, #root': { height: '100%' },
        // Korean breaks between words, not inside them; long addresses may still break.
        body: { wordBreak: 'keep-all', overflowWrap: 'anywhere' },
        ':focus-visible': { outline: '2px solid var(--mui-palette-primary-main)', outlineOffset: 2 },
        '@media (prefers-reduced-motion: reduce)': {
          '*, *::before, *::after': {
            animationDuration: '0.01ms !important',
            transitionDuration: '0.01ms !important',
          },
        },
      },
    },
    MuiButton: { defaultProps: { disableElevation: true } },
    MuiButtonBase: {
      defaultProps: { disableRipple: true },
      styleOverrides: {
        root: {
          '&.Mui-focusVisible': { outline: '2px solid var(--mui-palette-primary-main)', outlineOffset: 2 },
        },
      },
    },
    MuiButtonGroup: { defaultProps: { disableElevation: true } },
    MuiPaper: { styleOverrides: { root: { backgroundImage: 'none' } } },
    MuiTextField: { defaultProps: { size: 'small', fullWidth: true } },
    MuiSelect: { defaultProps: { size: 'small' } },
    MuiTooltip: { defaultProps: { arrow: true, enterDelay: 400 } },
    MuiChip: { styleOverrides: { root: { borderRadius: 7, fontWeight: 500 } } },
    MuiDialogTitle: { styleOverrides: { root: { fontSize: '1.125rem', fontWeight: 700 } } },
    MuiDialogActions: { styleOverrides: { root: { padding: '8px 24px 20px' } } },
    MuiDialog: { defaultProps: { fullWidth: true, maxWidth: 'xs' } },
    MuiMenuItem: { styleOverrides: { root: { minHeight: 40 } } },
  },
});

import { getContrastRatio, type Palette } from '@mui/material/styles';
import { describe, expect, it } from 'vitest';
import { theme } from './theme';

/** WCAG asks for 4.5; MUI's black is not all black, which the ratio does not know. */
const READABLE = 5;

type Scheme = { palette: Palette & { Alert: Record<string, string> } };
const { colorSchemes } = theme as typeof theme & { colorSchemes: Record<'light' | 'dark', Scheme> };

describe('theme', () => {
  // Filled, they stand on the darker shade where all is dark.
  it.each([
    ['light', 'main'],
    ['dark', 'dark'],
  ] as const)('lets what is said in passing be read: %s', (scheme, shade) => {
    const { palette } = colorSchemes[scheme];
    for (const severity of ['success', 'info', 'error'] as const) {
      const text = palette.Alert[`${severity}FilledColor`]!;
      expect(getContrastRatio(text, palette[severity][shade])).toBeGreaterThanOrEqual(READABLE);
    }
  });
});

import Box from '@mui/material/Box';
import { lazy, Suspense } from 'react';
import { MONOSPACE } from '../../../lib/theme';

/** The grammars are a download of their own, for those who get to see code. */
const HighlightedCode = lazy(() => import('./highlighted-code'));

export function CodeBlock({ language, text }: { language: string | null; text: string }) {
  return (
    <Box
      component="pre"
      // Wide code is scrolled, with the keyboard too.
      tabIndex={0}
      sx={{
        m: 0,
        px: 1.25,
        py: 1,
        overflowX: 'auto',
        border: '1px solid',
        borderColor: 'divider',
        borderRadius: 1,
        bgcolor: 'surface.sunken',
        color: 'text.primary',
        fontFamily: MONOSPACE,
        fontSize: 13,
        lineHeight: 1.5,
        whiteSpace: 'pre',
        overflowWrap: 'normal',
      }}
    >
      <code>
        {language === null ? (
          text
        ) : (
          <Suspense fallback={text}>
            <HighlightedCode language={language} text={text} />
          </Suspense>
        )}
      </code>
    </Box>
  );
}

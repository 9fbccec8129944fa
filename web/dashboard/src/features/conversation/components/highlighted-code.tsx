import Box from '@mui/material/Box';
import { useMemo } from 'react';
import { colorSpans } from '../hooks/highlight';

const COLORS: Readonly<Record<string, string>> = {
  keyword: 'primary.main',
  built_in: 'primary.main',
  type: 'primary.main',
  tag: 'primary.main',
  'selector-tag': 'primary.main',
  literal: 'warning.main',
  number: 'warning.main',
  attr: 'warning.main',
  attribute: 'warning.main',
  variable: 'warning.main',
  symbol: 'warning.main',
  string: 'success.main',
  regexp: 'success.main',
  addition: 'success.main',
  deletion: 'error.main',
  comment: 'text.secondary',
  meta: 'text.secondary',
};

export default function HighlightedCode({ language, text }: { language: string; text: string }) {
  const spans = useMemo(() => colorSpans(language, text), [language, text]);
  return spans.map(({ text: part, scope }, index) => {
    const color = COLORS[scope ?? ''];
    return color ? (
      <Box key={index} component="span" sx={{ color }}>
        {part}
      </Box>
    ) : (
      part
    );
  });
}

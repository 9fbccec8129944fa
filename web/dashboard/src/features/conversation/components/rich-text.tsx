import { parseMarkdown, type Block, type Inline } from '@fast-light-chat/sdk/markdown';
import Box from '@mui/material/Box';
import { Fragment, useMemo } from 'react';
import { MONOSPACE } from '../../../lib/theme';
import { CodeBlock } from './code-block';

/** A message as it was meant: elements made from what was written, never markup taken from it. */
export function RichText({ text }: { text: string }) {
  const blocks = useMemo(() => parseMarkdown(text), [text]);
  const [only, second] = blocks;
  if (only?.kind === 'paragraph' && !second) return <Inlines inlines={only.children} />;
  return (
    <Box component="span" sx={{ display: 'flex', flexDirection: 'column', gap: 0.75 }}>
      <Blocks blocks={blocks} />
    </Box>
  );
}

function Blocks({ blocks }: { blocks: readonly Block[] }) {
  return blocks.map((block, index) => <BlockView key={index} block={block} />);
}

function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case 'paragraph':
      return (
        <Box component="p" sx={{ m: 0 }}>
          <Inlines inlines={block.children} />
        </Box>
      );
    case 'code':
      return <CodeBlock language={block.language} text={block.text} />;
    case 'quote':
      return (
        <Box component="blockquote" sx={quoteSx}>
          <Blocks blocks={block.children} />
        </Box>
      );
    case 'list':
      return (
        <Box
          component={block.start === null ? 'ul' : 'ol'}
          start={block.start ?? undefined}
          sx={{ m: 0, pl: block.start === null ? 2.5 : 3.5 }}
        >
          {block.items.map((item, index) => (
            <li key={index}>
              <Blocks blocks={item} />
            </li>
          ))}
        </Box>
      );
  }
}

function Inlines({ inlines }: { inlines: readonly Inline[] }) {
  return inlines.map((inline, index) => <InlineView key={index} inline={inline} />);
}

const ELEMENTS = { strong: 'strong', emphasis: 'em', strike: 's' } as const;

function InlineView({ inline }: { inline: Inline }) {
  switch (inline.kind) {
    case 'text':
      return <Fragment>{inline.text}</Fragment>;
    case 'code':
      return (
        <Box component="code" sx={codeSx}>
          {inline.text}
        </Box>
      );
    case 'link':
      return (
        <Box
          component="a"
          href={inline.href}
          title={inline.href}
          target="_blank"
          rel="noopener noreferrer nofollow"
          sx={{ color: 'inherit', textDecoration: 'underline', textUnderlineOffset: '3px' }}
        >
          <Inlines inlines={inline.children} />
        </Box>
      );
    default: {
      const Element = ELEMENTS[inline.kind];
      return (
        <Element>
          <Inlines inlines={inline.children} />
        </Element>
      );
    }
  }
}

const quoteSx = {
  m: 0,
  pl: 1.25,
  borderLeft: '3px solid color-mix(in srgb, currentColor 45%, transparent)',
  display: 'flex',
  flexDirection: 'column',
  gap: 0.75,
} as const;

const codeSx = {
  px: 0.5,
  py: '1px',
  borderRadius: 0.5,
  fontFamily: MONOSPACE,
  fontSize: '0.92em',
  bgcolor: 'color-mix(in srgb, currentColor 12%, transparent)',
} as const;

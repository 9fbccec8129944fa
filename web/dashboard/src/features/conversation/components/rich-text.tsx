import { parseMarkdown, type Block, type Inline } from '@fast-light-chat/sdk/markdown';
import type { Mentioned } from '@fast-light-chat/sdk';
import Box from '@mui/material/Box';
import { createContext, useContext, useMemo } from 'react';
import type { Mention } from '../../../lib/drafts';
import { useSelf } from '../../../lib/self';
import { MONOSPACE } from '../../../lib/theme';
import { fromMentioned, partsOf } from '../hooks/mentions';
import { CodeBlock } from './code-block';
import { useTalk } from './talk';

const MentionsContext = createContext<readonly Mention[]>([]);

interface RichTextProps {
  text: string;
  /** Who is meant by it: their names stand out. */
  meant?: Mentioned;
}

/** A message as it was meant: elements made from what was written, never markup taken from it. */
export function RichText({ text, meant: { mentions, mentionsAll } = {} }: RichTextProps) {
  const { nameOf } = useTalk();
  const blocks = useMemo(() => parseMarkdown(text), [text]);
  const named = useMemo(
    () => fromMentioned({ mentions, mentionsAll }, nameOf),
    [mentions, mentionsAll, nameOf],
  );
  const [only, second] = blocks;
  return (
    <MentionsContext value={named}>
      {only?.kind === 'paragraph' && !second ? (
        <Inlines inlines={only.children} />
      ) : (
        <Box component="span" sx={{ display: 'flex', flexDirection: 'column', gap: 0.75 }}>
          <Blocks blocks={blocks} />
        </Box>
      )}
    </MentionsContext>
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
          dir="auto"
          sx={{ m: 0, p: 0, paddingInlineStart: block.start === null ? 2.5 : 3.5 }}
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
      return <WithMentions text={inline.text} />;
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

function WithMentions({ text }: { text: string }) {
  const named = useContext(MentionsContext);
  if (named.length === 0) return text;
  return partsOf(text, named).map((part, index) =>
    part.mention ? <MentionMark key={index} text={part.text} mention={part.mention} /> : part.text,
  );
}

/** What is meant for oneself stands out more. */
function MentionMark({ text, mention }: { text: string; mention: Mention }) {
  const selfId = useSelf().id;
  const isForSelf = mention.type === 'all' || mention.id === selfId;
  return (
    <Box component={isForSelf ? 'mark' : 'span'} sx={isForSelf ? ownMentionSx : mentionSx}>
      {text}
    </Box>
  );
}

const mentionSx = {
  px: 0.375,
  borderRadius: 0.5,
  fontWeight: 650,
  color: 'inherit',
  bgcolor: 'color-mix(in srgb, currentColor 13%, transparent)',
} as const;

const ownMentionSx = {
  ...mentionSx,
  color: 'mention.text',
  bgcolor: 'mention.surface',
} as const;

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

import { parseMarkdown, type Block, type Inline } from '@fast-light-chat/sdk/markdown';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';

/** A message as it was meant: elements made from what was written, never markup taken from it. Each runs its own way. */
export function RichText({ text }: { text: string }): JSX.Element {
  const blocks = useMemo(() => parseMarkdown(text), [text]);
  const [only, second] = blocks;
  if (only?.kind === 'paragraph' && !second) return <>{only.children.map(inlineView)}</>;
  return <div class="rich">{blocks.map((block, index) => blockView(block, index, 'auto'))}</div>;
}

function blocksView(blocks: readonly Block[]): JSX.Element[] {
  return blocks.map((block, index) => blockView(block, index));
}

/** What is inside another runs as that does, so that a list has its marks on one side. */
function blockView(block: Block, index: number, dir?: 'auto'): JSX.Element {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p key={index} dir={dir}>
          {block.children.map(inlineView)}
        </p>
      );
    case 'code':
      return (
        <pre key={index} tabIndex={0} dir="ltr">
          <code>{block.text}</code>
        </pre>
      );
    case 'quote':
      return (
        <blockquote key={index} dir={dir}>
          {blocksView(block.children)}
        </blockquote>
      );
    case 'list': {
      const items = block.items.map((item, at) => <li key={at}>{blocksView(item)}</li>);
      const List = block.start === null ? 'ul' : 'ol';
      return (
        <List key={index} dir={dir} start={block.start ?? undefined}>
          {items}
        </List>
      );
    }
  }
}

const ELEMENTS = { strong: 'strong', emphasis: 'em', strike: 's' } as const;

function inlineView(inline: Inline, index: number): JSX.Element | string {
  switch (inline.kind) {
    case 'text':
      return inline.text;
    case 'code':
      return <code key={index}>{inline.text}</code>;
    case 'link':
      return (
        <a
          key={index}
          href={inline.href}
          title={inline.href}
          target="_blank"
          rel="noopener noreferrer nofollow"
        >
          {inline.children.map(inlineView)}
        </a>
      );
    default: {
      const Element = ELEMENTS[inline.kind];
      return <Element key={index}>{inline.children.map(inlineView)}</Element>;
    }
  }
}

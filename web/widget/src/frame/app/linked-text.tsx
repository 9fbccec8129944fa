import type { JSX } from 'preact';

const LINK = /https?:\/\/[^\s<>"']+[^\s<>"'.,:;!?)\]]/g;

/** Plain text in which addresses can be followed. Nothing else of it is ever markup. */
export function LinkedText({ text }: { text: string }): JSX.Element {
  const parts: (string | JSX.Element)[] = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    const href = match[0];
    parts.push(
      text.slice(end, match.index),
      <a key={match.index} href={href} target="_blank" rel="noopener noreferrer nofollow">
        {href}
      </a>,
    );
    end = match.index + href.length;
  }
  return (
    <>
      {parts}
      {text.slice(end)}
    </>
  );
}

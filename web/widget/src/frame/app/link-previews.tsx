import type { MessageView } from '@fast-light-chat/sdk';
import type { JSX } from 'preact';

/** In words only: the picture would tell a foreign server who reads here. */
export function LinkPreviews({ previews }: { previews: MessageView['linkPreviews'] }): JSX.Element {
  return (
    <>
      {previews.map(({ url, siteName, title, description }) => (
        <a key={url} class="link-preview" href={url} target="_blank" rel="noopener noreferrer nofollow">
          {siteName && <small>{siteName}</small>}
          <b>{title}</b>
          {description && <span>{description}</span>}
        </a>
      ))}
    </>
  );
}

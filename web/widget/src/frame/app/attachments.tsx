import type { MessageView } from '@fast-light-chat/sdk';
import type { JSX } from 'preact';
import { useLanguage } from './context.js';
import { sizeOf } from './format.js';

type Attachment = MessageView['attachments'][number];

export function Attachments({ files }: { files: Attachment[] }): JSX.Element {
  return (
    <>
      {files.map((file) =>
        file.thumbnailUrl ? (
          <Picture key={file.id} {...{ file }} />
        ) : (
          <FileLink key={file.id} {...{ file }} />
        ),
      )}
    </>
  );
}

/** Its room is kept before it is loaded, so that nothing jumps. */
function Picture({ file }: { file: Attachment }): JSX.Element {
  return (
    <a class="picture" href={file.url} target="_blank" rel="noreferrer" aria-label={file.name}>
      <img
        src={file.thumbnailUrl}
        alt=""
        loading="lazy"
        width={file.width}
        height={file.height}
        style={{ aspectRatio: file.width && file.height ? `${file.width} / ${file.height}` : '4 / 3' }}
      />
    </a>
  );
}

function FileLink({ file }: { file: Attachment }): JSX.Element {
  const { language } = useLanguage();
  return (
    <a class="file" href={file.url} target="_blank" rel="noreferrer">
      {file.name} <small>{sizeOf(file.size, language)}</small>
    </a>
  );
}

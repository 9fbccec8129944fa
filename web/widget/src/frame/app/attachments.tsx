import type { AttachmentView } from '@fast-light-chat/sdk';
import type { JSX } from 'preact';
import { useLanguage } from './context.js';
import { sizeOf } from './format.js';
import { Icon } from './icons.js';
import { fill } from './strings.js';

const WIDEST_PX = 220;

interface FileProps {
  file: AttachmentView;
}

export function Attachments({ files }: { files: readonly AttachmentView[] }): JSX.Element {
  return (
    <>
      {files.map((file) => (
        <AttachedFile key={file.id} file={file} />
      ))}
    </>
  );
}

function AttachedFile({ file }: FileProps): JSX.Element {
  const [kind] = file.mimeType.split('/');
  if (file.thumbnailUrl) return <Picture file={file} />;
  if (kind === 'video')
    return (
      <video class="player" src={file.url} aria-label={file.name} controls playsInline preload="metadata" />
    );
  if (kind === 'audio') {
    return (
      <figure class="sound">
        <figcaption>{file.name}</figcaption>
        <audio src={file.url} aria-label={file.name} controls preload="metadata" />
      </figure>
    );
  }
  return <FileLink file={file} />;
}

/** Its room is kept before it is loaded, so that nothing jumps. */
function Picture({ file }: FileProps): JSX.Element {
  const { width, height } = file;
  return (
    <a class="picture" href={file.url} target="_blank" rel="noreferrer" aria-label={file.name}>
      <img
        src={file.thumbnailUrl}
        alt=""
        loading="lazy"
        width={width}
        height={height}
        style={{
          width: `${Math.min(width ?? WIDEST_PX, WIDEST_PX)}px`,
          aspectRatio: width && height ? `${width} / ${height}` : '4 / 3',
        }}
      />
    </a>
  );
}

function FileLink({ file: { name, size, url } }: FileProps): JSX.Element {
  const { t, language } = useLanguage();
  const inWords = sizeOf(size, language);
  return (
    <a
      class="file"
      href={url}
      download={name}
      target="_blank"
      rel="noreferrer"
      aria-label={`${fill(t.download, { name })}, ${inWords}`}
    >
      <Icon name="file" />
      <span>
        {name}
        <small>{inWords}</small>
      </span>
      <Icon name="download" />
    </a>
  );
}

import type { AttachmentView } from '@fast-light-chat/sdk';
import type { JSX, MediaHTMLAttributes } from 'preact';
import { useRef } from 'preact/hooks';
import { useLanguage } from './context.js';
import { sizeOf } from './format.js';
import { Icon } from './icons.js';
import { fill } from './strings.js';
import { useFreshFile } from './use-fresh-file.js';

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
  if (kind === 'video') return <Video file={file} />;
  if (kind === 'audio') return <Sound file={file} />;
  return <FileLink file={file} />;
}

function Video({ file }: FileProps): JSX.Element {
  const player = usePlayer(file);
  return <video {...player} class="player" playsInline />;
}

function Sound({ file }: FileProps): JSX.Element {
  const player = usePlayer(file);
  return (
    <figure class="sound">
      <figcaption>{file.name}</figcaption>
      <audio {...player} />
    </figure>
  );
}

type PlayerProps = Pick<
  MediaHTMLAttributes<HTMLMediaElement>,
  'src' | 'aria-label' | 'controls' | 'preload' | 'onError' | 'onLoadedMetadata'
>;

/** Goes on where it was when its link ended. */
function usePlayer(given: AttachmentView): PlayerProps {
  const { file, renew } = useFreshFile(given);
  const left = useRef({ at: 0, isPlaying: false });
  return {
    src: file.url,
    'aria-label': file.name,
    controls: true,
    preload: 'metadata',
    onError: ({ currentTarget: { currentTime, paused } }) => {
      left.current = { at: currentTime, isPlaying: !paused };
      renew();
    },
    onLoadedMetadata: ({ currentTarget: player }) => {
      const { at, isPlaying } = left.current;
      left.current = { at: 0, isPlaying: false };
      if (at > 0) player.currentTime = at;
      // A browser may want another click first.
      if (isPlaying) player.play().catch(() => undefined);
    },
  };
}

/** Its room is kept before it is loaded, so that nothing jumps. */
function Picture({ file: given }: FileProps): JSX.Element {
  const { file, link, renew, isLost } = useFreshFile(given);
  const { width, height } = file;
  return (
    <>
      <a {...link} class="picture" target="_blank" rel="noreferrer" aria-label={file.name}>
        <img
          src={file.thumbnailUrl}
          onError={renew}
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
      {isLost && <Lost />}
    </>
  );
}

function FileLink({ file: given }: FileProps): JSX.Element {
  const { t, language } = useLanguage();
  const {
    file: { name, size },
    link,
    isLost,
  } = useFreshFile(given);
  const inWords = sizeOf(size, language);
  return (
    <>
      <a
        {...link}
        class="file"
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
      {isLost && <Lost />}
    </>
  );
}

function Lost(): JSX.Element {
  const { t } = useLanguage();
  return (
    <small class="lost" role="alert">
      {t.fileLost}
    </small>
  );
}

import type { Upload } from '@fast-light-chat/sdk';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useLanguage } from './context.js';
import { sizeOf } from './format.js';
import { Icon } from './icons.js';
import { fill } from './strings.js';
import { isFinal, uploadTrouble } from './trouble.js';

interface UploadChipsProps {
  uploads: readonly Upload[];
  onRetry?: (key: number) => void;
  onRemove?: (key: number) => void;
}

export function UploadChips({ uploads, ...actions }: UploadChipsProps): JSX.Element | null {
  const { t } = useLanguage();
  if (uploads.length === 0) return null;
  return (
    <ul class="chips" aria-label={t.files}>
      {uploads.map((upload) => (
        <UploadChip key={upload.key} upload={upload} {...actions} />
      ))}
    </ul>
  );
}

interface UploadChipProps extends Omit<UploadChipsProps, 'uploads'> {
  upload: Upload;
}

function UploadChip({ upload, onRetry, onRemove }: UploadChipProps): JSX.Element {
  const { t, language } = useLanguage();
  const { key, name, size, progress, attachment, error } = upload;
  return (
    <li class={error ? 'chip refused' : 'chip'}>
      <Preview upload={upload} />
      <span class="chip-text">
        <span class="chip-name" title={name}>
          {name}
        </span>
        {error ? (
          <small role="alert">{uploadTrouble(error, t)}</small>
        ) : (
          <small>{sizeOf(size, language)}</small>
        )}
      </span>
      {error && onRetry && !isFinal(error) && (
        <ChipButton icon="retry" label={fill(t.retryFile, { name })} onPress={() => onRetry(key)} />
      )}
      {onRemove && (
        <ChipButton icon="close" label={fill(t.removeFile, { name })} onPress={() => onRemove(key)} />
      )}
      {!attachment && !error && <progress value={progress} aria-label={fill(t.uploading, { name })} />}
    </li>
  );
}

interface ChipButtonProps {
  icon: 'retry' | 'close';
  label: string;
  onPress: () => void;
}

function ChipButton({ icon, label, onPress }: ChipButtonProps): JSX.Element {
  return (
    <button type="button" class="chip-button" aria-label={label} onClick={onPress}>
      <Icon name={icon} />
    </button>
  );
}

/** The picture itself; for what is none, or what this browser cannot draw, a sign. */
function Preview({ upload }: { upload: Upload }): JSX.Element {
  const url = usePictureUrl(upload.file) ?? upload.attachment?.thumbnailUrl;
  const [broken, setBroken] = useState<string>();
  return (
    <span class="chip-preview">
      {url && url !== broken ? <img src={url} alt="" onError={() => setBroken(url)} /> : <Icon name="file" />}
    </span>
  );
}

function usePictureUrl(file: File | null): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!file?.type.startsWith('image/')) return;
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return url;
}

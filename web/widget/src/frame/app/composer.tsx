import { MOST_FILES, type Upload } from '@fast-light-chat/sdk';
import type { JSX, RefObject } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { useLanguage } from './context.js';
import type { Attached, Draft } from './draft.js';
import { EmojiPicker } from './emoji-picker.js';
import { sizeOf } from './format.js';
import { Icon } from './icons.js';
import { fill } from './strings.js';
import { UploadChips } from './upload-chips.js';
import { useDroppedFiles } from './use-dropped-files.js';
import { useSnapshot } from './use-snapshot.js';

export const MOST_CHARACTERS = 8_000;
const TALLEST_PX = 132;

interface ComposerProps {
  draft: Draft;
  field: RefObject<HTMLTextAreaElement | null>;
  placeholder: string;
  maxFileBytes: number;
  wantsFocus: boolean;
  onTyping: (typing: boolean) => void;
}

export function Composer({
  draft,
  field,
  placeholder,
  maxFileBytes,
  wantsFocus,
  onTyping,
}: ComposerProps): JSX.Element {
  const { t, language } = useLanguage();
  const { text, fileKeys } = useSnapshot(draft.state);
  useSnapshot(draft.uploads);
  const uploads = draft.filesOf(fileKeys);
  const files = useFilesOf(draft, field, maxFileBytes);
  const isDraggedOver = useDroppedFiles(files.add);
  const content = text.trim();
  const excess = content.length - MOST_CHARACTERS;
  const isTooMany = files.wasFull || fileKeys.length > MOST_FILES;
  const isEmpty = content.length === 0 && uploads.length === 0;
  const hasRefused = uploads.some(({ error }) => error !== undefined);
  const canSend = !isEmpty && excess <= 0 && !hasRefused && fileKeys.length <= MOST_FILES;

  useLayoutEffect(() => {
    if (field.current) fitHeight(field.current);
  }, [text]);

  useEffect(() => {
    if (wantsFocus) field.current?.focus();
  }, [wantsFocus]);

  const send = (): void => {
    if (!canSend) return;
    draft.send();
    field.current?.focus();
  };

  const write = (next: string): void => {
    draft.write(next);
    onTyping(next.trim().length > 0);
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {excess > 0 && (
        <p class="composer-error" role="alert" id="composer-error">
          {fill(t.tooLong, { n: excess })}
        </p>
      )}
      {isTooMany && (
        <p class="composer-error" role="alert">
          {fill(t.tooManyFiles, { n: MOST_FILES })}
        </p>
      )}
      {files.tooLarge.map((name) => (
        <p key={name} class="composer-error" role="alert">
          {fill(t.fileTooLarge, { name, size: sizeOf(maxFileBytes, language) })}
        </p>
      ))}
      {hasRefused && content.length > 0 && (
        <p class="composer-error" role="status">
          {t.filesFirst}
        </p>
      )}
      <UploadChips uploads={uploads} onRetry={files.retry} onRemove={files.remove} />
      <UploadStatus uploads={uploads} />
      <div class="composer-box">
        <AttachButton onFiles={files.add} />
        <textarea
          ref={field}
          rows={1}
          dir="auto"
          value={text}
          aria-label={t.composerLabel}
          aria-describedby={excess > 0 ? 'composer-error' : undefined}
          aria-invalid={excess > 0}
          placeholder={placeholder}
          enterkeyhint={isTouch() ? 'enter' : 'send'}
          onInput={(event) => write(event.currentTarget.value)}
          onPaste={(event) => {
            const pasted = [...(event.clipboardData?.files ?? [])];
            if (pasted.length === 0) return;
            event.preventDefault();
            files.add(pasted);
          }}
          onKeyDown={(event) => {
            if (!isSendKey(event)) return;
            event.preventDefault();
            send();
          }}
          onBlur={() => onTyping(false)}
        />
        <EmojiPicker onPick={(emoji) => insert(field.current, emoji, write)} />
        <button type="submit" class="send" aria-label={t.send} disabled={!canSend}>
          <Icon name="send" />
        </button>
      </div>
      {isDraggedOver && (
        <p class="drop-here">
          <Icon name="attach" />
          {t.dropHere}
        </p>
      )}
    </form>
  );
}

/** Where the caret is. */
function insert(field: HTMLTextAreaElement | null, emoji: string, write: (text: string) => void): void {
  if (!field) return;
  field.focus();
  field.setRangeText(emoji, field.selectionStart, field.selectionEnd, 'end');
  write(field.value);
}

interface Files extends Attached {
  add: (files: readonly File[]) => void;
  retry: (key: number) => void;
  remove: (key: number) => void;
}

const NOTHING_LEFT_OUT: Attached = { wasFull: false, tooLarge: [] };

function useFilesOf(draft: Draft, field: ComposerProps['field'], maxBytes: number): Files {
  const [attached, setAttached] = useState(NOTHING_LEFT_OUT);
  const { fileKeys, text } = useSnapshot(draft.state);
  useEffect(() => {
    if (fileKeys.length < MOST_FILES) setAttached(({ tooLarge }) => ({ wasFull: false, tooLarge }));
  }, [fileKeys.length]);
  useEffect(() => setAttached(NOTHING_LEFT_OUT), [draft, text]);
  const add = useCallback(
    (files: readonly File[]) => {
      setAttached(draft.attach(files, maxBytes));
      field.current?.focus();
    },
    [draft, maxBytes],
  );
  const remove = (key: number): void => {
    draft.detach(key);
    field.current?.focus();
  };
  return { ...attached, add, remove, retry: (key) => draft.uploads.retry(key) };
}

function AttachButton({ onFiles }: { onFiles: (files: File[]) => void }): JSX.Element {
  const { t } = useLanguage();
  return (
    <label class="attach" title={t.attach}>
      <Icon name="attach" />
      <input
        type="file"
        multiple
        class="visually-hidden"
        aria-label={t.attach}
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])]);
          // The same file may be chosen again.
          currentTarget.value = '';
        }}
      />
    </label>
  );
}

/** For those who hear it; what was refused says so itself. */
function UploadStatus({ uploads }: { uploads: readonly Upload[] }): JSX.Element {
  const { t } = useLanguage();
  const underWay = uploads.filter(({ attachment, error }) => !attachment && !error).length;
  const hasArrived = uploads.some(({ attachment }) => attachment !== undefined);
  const text = underWay > 0 ? fill(t.uploadingMany, { n: underWay }) : hasArrived ? t.uploaded : '';
  return (
    <p role="status" class="visually-hidden">
      {text}
    </p>
  );
}

/** Enter while a Korean or Japanese syllable is being composed ends the syllable, not the message. */
export function isSendKey(event: KeyboardEvent): boolean {
  const isComposing = event.isComposing || event.keyCode === 229;
  return event.key === 'Enter' && !event.shiftKey && !isComposing && !isTouch();
}

function isTouch(): boolean {
  return matchMedia('(pointer: coarse)').matches;
}

function fitHeight(field: HTMLTextAreaElement): void {
  field.style.height = 'auto';
  field.style.height = `${Math.min(field.scrollHeight, TALLEST_PX)}px`;
}

import type { JSX, RefObject } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { useLanguage } from './context.js';
import { Icon } from './icons.js';
import { fill } from './strings.js';

export const MOST_CHARACTERS = 8_000;
const TALLEST_PX = 132;

interface ComposerProps {
  field: RefObject<HTMLTextAreaElement | null>;
  wantsFocus: boolean;
  onSend: (content: string) => void;
  onTyping: (typing: boolean) => void;
}

export function Composer({ field, wantsFocus, onSend, onTyping }: ComposerProps): JSX.Element {
  const { t } = useLanguage();
  const [text, setText] = useState('');
  const content = text.trim();
  const excess = content.length - MOST_CHARACTERS;
  const canSend = content.length > 0 && excess <= 0;

  useLayoutEffect(() => {
    if (field.current) fitHeight(field.current);
  }, [text]);

  useEffect(() => {
    if (wantsFocus) field.current?.focus();
  }, [wantsFocus]);

  const send = (): void => {
    if (!canSend) return;
    onSend(content);
    setText('');
    field.current?.focus();
  };

  const write = (next: string): void => {
    setText(next);
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
      <div class="composer-box">
        <textarea
          ref={field}
          rows={1}
          value={text}
          aria-label={t.composerLabel}
          aria-describedby={excess > 0 ? 'composer-error' : undefined}
          aria-invalid={excess > 0}
          placeholder={t.composerPlaceholder}
          enterkeyhint={isTouch() ? 'enter' : 'send'}
          onInput={(event) => write(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (!isSendKey(event)) return;
            event.preventDefault();
            send();
          }}
          onBlur={() => onTyping(false)}
        />
        <button type="submit" class="send" aria-label={t.send} disabled={!canSend}>
          <Icon name="send" />
        </button>
      </div>
    </form>
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

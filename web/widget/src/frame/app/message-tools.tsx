import type { ConversationHandle } from '@fast-light-chat/sdk';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { isSendKey, MOST_CHARACTERS } from './composer.js';
import { useLanguage } from './context.js';
import { Icon } from './icons.js';
import { fill } from './strings.js';
import { useClosing } from './use-closing.js';

const EMOJIS = ['👍', '❤️', '😂', '🎉', '😢', '🙏'];

export type Changes = Pick<ConversationHandle, 'edit' | 'remove' | 'react'>;

interface MessageToolsProps {
  canReact: boolean;
  canEdit: boolean;
  canDelete: boolean;
  onReact: (emoji: string) => void;
  onEdit: () => void;
  onDelete: () => void;
}

/** What a visitor can do with a message: behind one button, so that it works by touch and by keyboard too. */
export function MessageTools(props: MessageToolsProps): JSX.Element {
  const { t } = useLanguage();
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const place = useClosing<HTMLDivElement>(isOpen, () => setOpen(false), button);

  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div ref={place} class={isOpen ? 'tools open' : 'tools'}>
      <button
        ref={button}
        type="button"
        class="tools-button"
        aria-label={t.messageTools}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="more" />
      </button>
      {isOpen && <ToolsPanel {...props} onDone={close} />}
    </div>
  );
}

function ToolsPanel({
  canReact,
  canEdit,
  canDelete,
  onReact,
  onEdit,
  onDelete,
  onDone,
}: MessageToolsProps & { onDone: () => void }): JSX.Element {
  const { t } = useLanguage();
  const [isConfirming, setConfirming] = useState(false);
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    panel.current?.scrollIntoView?.({ block: 'nearest' });
    panel.current?.querySelector('button')?.focus();
  }, [isConfirming]);
  if (isConfirming) {
    return (
      <Panel of={panel} label={t.deleteQuestion}>
        <p>{t.deleteQuestion}</p>
        <button type="button" class="link-button" onClick={onDone}>
          {t.cancel}
        </button>
        <button type="button" class="link-button danger" onClick={onDelete}>
          {t.discard}
        </button>
      </Panel>
    );
  }
  return (
    <Panel of={panel} label={t.messageTools}>
      {canReact && (
        <div class="emojis">
          {EMOJIS.map((emoji) => (
            <button
              key={emoji}
              type="button"
              aria-label={fill(t.reactWith, { emoji })}
              onClick={() => {
                onReact(emoji);
                onDone();
              }}
            >
              {emoji}
            </button>
          ))}
        </div>
      )}
      {canEdit && (
        <button type="button" class="link-button" onClick={onEdit}>
          {t.edit}
        </button>
      )}
      {canDelete && (
        <button type="button" class="link-button danger" onClick={() => setConfirming(true)}>
          {t.discard}
        </button>
      )}
    </Panel>
  );
}

interface PanelProps {
  of: { current: HTMLDivElement | null };
  label: string;
  children: ComponentChildren;
}

function Panel({ of, label, children }: PanelProps): JSX.Element {
  return (
    <div ref={of} class="tools-panel" role="group" aria-label={label}>
      {children}
    </div>
  );
}

interface EditBoxProps {
  /** As it begins. */
  content: string;
  onSave: (content: string) => void;
  onCancel: () => void;
}

/** In place of the message. */
export function EditBox({ content: first, onSave, onCancel }: EditBoxProps): JSX.Element {
  const { t } = useLanguage();
  const [text, setText] = useState(first);
  const field = useRef<HTMLTextAreaElement>(null);
  const content = text.trim();
  const canSave = content.length > 0 && content.length <= MOST_CHARACTERS;
  useEffect(() => field.current?.focus(), []);
  const save = (): void => {
    if (canSave) onSave(content);
  };
  return (
    <form
      class="edit-box"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        if (!event.isComposing) onCancel();
      }}
    >
      <textarea
        ref={field}
        rows={3}
        value={text}
        aria-label={t.editLabel}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (!isSendKey(event)) return;
          event.preventDefault();
          save();
        }}
      />
      <button type="button" class="link-button" onClick={onCancel}>
        {t.cancel}
      </button>
      <button type="submit" class="link-button" disabled={!canSave}>
        {t.save}
      </button>
    </form>
  );
}

import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { useLanguage } from './context.js';
import { Icon } from './icons.js';
import { useClosing } from './use-closing.js';

const EMOJIS =
  '😀 😂 🙂 😉 😊 😍 😘 😎 🤔 😐 😴 😢 😭 😡 🙄 😅 🤗 🤩 🥳 😇 👍 👎 👌 🙏 👏 🙌 💪 👋 🤝 👀 ❤️ 💔 🔥 ✨ 🎉 🎁 ✅ ❌ ❓ ❗ 💡 📦 🚚 💳'.split(
    ' ',
  );
const COLUMNS = 8;
const STEPS: Record<string, number> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -COLUMNS,
  ArrowDown: COLUMNS,
};

export function EmojiPicker({ onPick }: { onPick: (emoji: string) => void }): JSX.Element {
  const { t } = useLanguage();
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const place = useClosing<HTMLDivElement>(isOpen, () => setOpen(false), button);

  const move = (event: KeyboardEvent & { currentTarget: HTMLElement }): void => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const buttons = [...event.currentTarget.querySelectorAll('button')];
    buttons[buttons.indexOf(event.target as HTMLButtonElement) + step]?.focus();
  };
  return (
    <div class="picker" ref={place}>
      <button
        ref={button}
        type="button"
        class="attach"
        aria-label={t.emoji}
        title={t.emoji}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="smile" />
      </button>
      {isOpen && (
        <div class="picker-panel emojis" role="group" aria-label={t.emoji} onKeyDown={move}>
          {EMOJIS.map((emoji, index) => (
            <button
              key={emoji}
              type="button"
              ref={index === 0 ? focusFirst : undefined}
              tabIndex={index === 0 ? 0 : -1}
              onClick={() => {
                setOpen(false);
                onPick(emoji);
              }}
            >
              {emoji}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function focusFirst(button: HTMLButtonElement | null): void {
  button?.focus();
}

import { useEffect } from 'react';
import { COMMAND_IDS, infoOf, offerOf, type CommandId } from './commands';

/** Time for the second key of two. */
const SEQUENCE_MS = 1_500;
const PALETTE = 'mod+k';
const BY_POSITION: Record<string, string> = { Slash: '/' };

/** Of all that is offered, what the keys stand for. */
const BY_KEYS = new Map<string, CommandId>(
  COMMAND_IDS.flatMap((id) => infoOf(id).keys.map((keys) => [keys, id] as const)),
);
const isBeginning = (keys: string) => [...BY_KEYS.keys()].some((all) => all.startsWith(`${keys} `));

/** The keys of all commands, from anywhere but a field, a dialog or a menu. Enter is left to what has the focus. */
export function useCommandKeys(): void {
  useEffect(() => {
    let before = '';
    let timer: ReturnType<typeof setTimeout> | undefined;
    const press = (event: KeyboardEvent) => {
      const pressed = keysOf(event);
      if (!pressed || event.isComposing || event.defaultPrevented) return;
      // Else the browser takes it for its own field.
      if (pressed === PALETTE) event.preventDefault();
      const keys = before && BY_KEYS.has(`${before} ${pressed}`) ? `${before} ${pressed}` : pressed;
      before = '';
      clearTimeout(timer);
      if (isTaken(event.target, pressed)) return;
      const run = runOf(keys);
      if (run) {
        event.preventDefault();
        run();
      } else if (isBeginning(keys)) {
        before = keys;
        timer = setTimeout(() => (before = ''), SEQUENCE_MS);
      }
    };
    window.addEventListener('keydown', press);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('keydown', press);
    };
  }, []);
}

function runOf(keys: string): (() => void) | undefined {
  const id = BY_KEYS.get(keys);
  return id && id !== 'openConversation' ? offerOf(id) : undefined;
}

/** By position of the key where it says no Latin letter: with a Korean input method on, it says another. */
export function keysOf(
  event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): string {
  const { key, code, ctrlKey, metaKey, altKey, shiftKey } = event;
  if (altKey) return '';
  const said = /^[\x21-\x7e]$/.test(key) ? key.toLowerCase() : (letterAt(code) ?? key.toLowerCase());
  if (said === '/' && shiftKey) return ctrlKey || metaKey ? '' : '?';
  const isModified = ctrlKey || metaKey;
  // A shifted sign is a sign of its own; a shifted letter is not the letter.
  const shift = shiftKey && /^[a-z]$/.test(said) ? 'shift+' : '';
  return `${isModified ? 'mod+' : ''}${shift}${said}`;
}

function letterAt(code: string): string | undefined {
  return code.startsWith('Key') ? code.slice('Key'.length).toLowerCase() : BY_POSITION[code];
}

const OPEN = '.MuiModal-root, [role="dialog"], [role="menu"], [role="listbox"]';
const FIELDS = 'input:not([type="checkbox"]), textarea, select, [contenteditable="true"]';

/** What is half done in a dialog would be lost, and in a field these are letters; but no field needs Ctrl+K. */
function isTaken(target: EventTarget | null, pressed: string): boolean {
  if (!(target instanceof Element)) return false;
  return target.closest(OPEN) !== null || (pressed !== PALETTE && target.closest(FIELDS) !== null);
}

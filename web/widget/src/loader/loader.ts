import type { Commands, FastLightChat } from './api.js';
import { createCommands } from './commands.js';

/** The frame comes from wherever this very script came from. */
function scriptOrigin(): string {
  const script =
    (document.currentScript as HTMLScriptElement | null) ??
    document.querySelector<HTMLScriptElement>('script[src*="/sdk/loader.js"]');
  return new URL(script?.src || location.href, location.href).origin;
}

function start(): void {
  const stub = window.FastLightChat;
  if (stub?.isLoaded) return;
  const commands = createCommands(scriptOrigin(), () => delete window.FastLightChat);
  const api = ((name: keyof Commands, ...args: unknown[]) => {
    const isKnown = Object.prototype.hasOwnProperty.call(commands, name);
    const command = isKnown ? (commands[name] as (...given: unknown[]) => void) : null;
    if (command) command(...args);
    else console.warn(`FastLightChat: unknown command "${String(name)}".`);
  }) as FastLightChat;
  api.isLoaded = true;
  window.FastLightChat = api;
  for (const call of stub?.q ?? []) (api as (...args: unknown[]) => void)(...Array.from(call));
}

start();

import type { Commands, FastLightChat } from './api.js';
import { createCommands } from './commands.js';
import { attempt } from './tell.js';

/** The frame comes from wherever this very script came from. */
function scriptOrigin(): string {
  const script =
    (document.currentScript as HTMLScriptElement | null) ??
    document.querySelector<HTMLScriptElement>('script[src*="/sdk/loader.js"]');
  return new URL(script?.src || location.href).origin;
}

/**
 * A page that was written for Channel Talk has its snippet and not ours: then its global is answered, and stays the
 * function that the page may have kept. Beside our own snippet that name may belong to the real one.
 */
function adoptChannelTalk(api: FastLightChat): FastLightChat | undefined {
  const stub = window.ChannelIO;
  if (!stub?.q) return undefined;
  stub.c = (args) => run(api, args);
  window.ChannelIOInitialized = true;
  return stub;
}

function run(api: FastLightChat, args: ArrayLike<unknown>): void {
  Reflect.apply(api, undefined, args);
}

function start(): void {
  const stub = window.FastLightChat;
  if (stub?.isLoaded) return;
  const commands = createCommands(scriptOrigin(), () => {
    delete window.FastLightChat;
    if (!adopted) return;
    delete window.ChannelIO;
    delete window.ChannelIOInitialized;
  });
  const api = ((name: keyof Commands, ...args: unknown[]) => {
    const command = commands[name] as ((...given: unknown[]) => void) | undefined;
    // What a page gets wrong ends in its console, not in its code.
    if (command) attempt(() => command(...args));
    else console.warn('FastLightChat: unknown command:', name);
  }) as FastLightChat;
  api.isLoaded = true;
  window.FastLightChat = api;
  const adopted = stub ? undefined : adoptChannelTalk(api);
  for (const call of (stub ?? adopted)?.q?.splice(0) ?? []) run(api, call);
}

start();

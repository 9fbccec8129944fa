import { useSyncExternalStore } from 'react';
import type { KeptUpload } from '@fast-light-chat/sdk';
import { currentSession } from './session';
import type { PrincipalRef } from './wire';

/** What was written and not sent, per agent and conversation, over reloads. */
const PREFIX = 'flc.draft.';

export type DraftMode = 'reply' | 'note';

/** Somebody who can be meant by a text; `all` is everybody in a group or channel. */
export interface Mention {
  type: PrincipalRef['type'] | 'all';
  id: string;
  name: string;
}

export interface Draft {
  content: string;
  mode: DraftMode;
  /** Chosen while writing; who is meant in the end depends on the text. */
  mentions: Mention[];
  /** Attached and not sent. */
  files: KeptUpload[];
}

export const EMPTY_DRAFT: Draft = { content: '', mode: 'reply', mentions: [], files: [] };

/** Whose session has expired finds it again, and whoever else signs in here does not. */
function keyOf(conversationId: string): string {
  return `${PREFIX}${currentSession()?.agent.id ?? ''}.${conversationId}`;
}

export function loadDraft(conversationId: string): Draft {
  try {
    const stored = localStorage.getItem(keyOf(conversationId));
    return stored ? { ...EMPTY_DRAFT, ...(JSON.parse(stored) as Partial<Draft>) } : EMPTY_DRAFT;
  } catch {
    return EMPTY_DRAFT;
  }
}

/** A reply without text and files is nothing to keep; an empty note still remembers that a note was meant. */
export function saveDraft(conversationId: string, draft: Draft): void {
  try {
    const isNothing = draft.content === '' && draft.files.length === 0 && draft.mode === 'reply';
    if (isNothing) localStorage.removeItem(keyOf(conversationId));
    else localStorage.setItem(keyOf(conversationId), JSON.stringify(draft));
  } catch {
    // A full or blocked storage costs the survival of a reload, not the writing.
  }
  listeners.forEach((listener) => listener());
}

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  // Of other tabs.
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

/** Tells that it was written on or sent in another tab. */
export function watchDraft(conversationId: string, listener: () => void): () => void {
  const listen = ({ key }: StorageEvent) => {
    if (key === keyOf(conversationId)) listener();
  };
  window.addEventListener('storage', listen);
  return () => window.removeEventListener('storage', listen);
}

/** What is written in a conversation and not sent, else what is attached; also in another tab. */
export function useDraftText(conversationId: string): string {
  return useSyncExternalStore(subscribe, () => textOf(loadDraft(conversationId)));
}

function textOf({ content, files }: Draft): string {
  return content.trim() || files.map(({ name }) => name).join(', ');
}

/** Of who is signed in: on a shared computer nothing should be left to find, but for whose session has expired. */
export function forgetDrafts(): void {
  const own = keyOf('');
  for (const key of Object.keys(localStorage)) if (key.startsWith(own)) localStorage.removeItem(key);
}

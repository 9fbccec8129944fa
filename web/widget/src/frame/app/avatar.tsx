import type { JSX } from 'preact';
import { initialOf } from './format.js';

export function Avatar({ name, url }: { name: string; url?: string | null }): JSX.Element {
  return (
    <span class="avatar" aria-hidden="true">
      {url ? <img src={url} alt="" referrerpolicy="no-referrer" /> : initialOf(name)}
    </span>
  );
}

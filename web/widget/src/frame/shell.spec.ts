import { readFileSync } from 'node:fs';
import { fireEvent, screen } from '@testing-library/preact';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { lookOf } from '../protocol/look.js';
import { Shell } from './shell.js';
import { PLAIN } from './wear.js';

const page = new DOMParser().parseFromString(readFileSync('frame.html', 'utf8'), 'text/html');

describe(Shell, () => {
  const onClose = vi.fn();
  let shell: Shell;

  beforeEach(() => {
    document.body.replaceChildren(...[...page.body.cloneNode(true).childNodes]);
    shell = new Shell(onClose);
    shell.dress(lookOf({ settings: PLAIN, appearance: null, language: 'ko' }, false));
  });

  it('lets the visitor out before there is a chat', () => {
    fireEvent.click(screen.getByRole('button', { name: '채팅 닫기' }));
    expect(onClose).toHaveBeenCalledOnce();
  });

  it('says when the chat cannot be loaded, and makes room for it when it is', () => {
    expect(screen.getByRole('status').textContent).toBe('');
    shell.tellTrouble('en');
    expect(screen.getByRole('status').textContent).toContain('could not be loaded');
    shell.remove();
    expect(screen.queryByRole('status')).toBeNull();
    shell.tellTrouble('en');
  });
});

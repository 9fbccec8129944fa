import { ChatError, type TimelineFact } from '@fast-light-chat/sdk';
import { act, fireEvent, screen, within } from '@testing-library/preact';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { articles, Chat, chooseTool, openTools, write } from '../../../test/chat.js';
import { AGENT, USER, aConversation, aMessage } from '../../../test/fixtures.js';
import { around, told } from '../../../test/widget.js';

let chat: Chat;

beforeEach(() => {
  chat = new Chat();
});

describe('a conversation', () => {
  it('shows who said what, and reads it', async () => {
    const handle = await chat.openLoaded([
      aMessage({ seq: 1, sender: USER }),
      aMessage({ seq: 2, content: 'Hi!' }),
    ]);
    expect(screen.getByText('Mina')).toBeTruthy();
    expect(screen.getByText('Hi!')).toBeTruthy();
    expect(handle.reads).toContain(2);
  });

  it('shows what became of a message: edited, deleted, reacted to', async () => {
    const reactions = [{ emoji: '👍', count: 2, by: [] }];
    const then = '2026-01-01T00:00:00.000Z';
    await chat.openLoaded([
      aMessage({ seq: 1, content: 'New text', editedAt: then, reactions }),
      aMessage({ seq: 2, content: '', editedAt: then, deletedAt: then, reactions }),
    ]);
    const [, changed, deleted] = screen.getAllByRole('article');
    expect(changed!.textContent).toContain('New text edited');
    expect(within(changed!).getByRole('list', { name: 'Reactions' }).textContent).toBe('👍 2');
    expect(deleted!.textContent).toContain('This message was deleted.');
    expect(deleted!.textContent).not.toContain('edited');
    expect(within(deleted!).queryByRole('list')).toBeNull();
  });

  it('does not read while it is closed', async () => {
    const handle = await chat.openLoaded([aMessage({ seq: 1 })]);
    await act(() => chat.session.state.change({ isOpen: false }));
    await act(() => {
      const message = aMessage({ seq: 2 });
      handle.apply({ type: 'message', message });
      chat.client.emit('message:created', { conversationId: 'c1', message });
    });
    expect(handle.reads).not.toContain(2);
    await vi.waitFor(() => expect(told.onUnread).toHaveBeenLastCalledWith(1));
  });

  it('sends with Enter, but not while a syllable is being composed', async () => {
    const handle = await chat.openLoaded([aMessage({ seq: 1 })]);
    const field = screen.getByRole('textbox');
    await act(() => void fireEvent.input(field, { target: { value: '안녕' } }));
    fireEvent.keyDown(field, { key: 'Enter', isComposing: true });
    fireEvent.keyDown(field, { key: 'Enter', shiftKey: true });
    expect(handle.sent).toEqual([]);
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(handle.sent).toEqual([{ content: '안녕' }]);
  });

  it('offers to try again what was not sent', async () => {
    const handle = await chat.openLoaded([aMessage({ seq: 1 })]);
    await write('Hello');
    const error = new ChatError({ code: 'common.validation_failed' });
    await act(() => handle.apply({ type: 'refused', clientMessageId: 'x1', error }));
    expect(screen.getByRole('alert').textContent).toContain('Not sent.');
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(handle.retried).toEqual(['x1']);
    await act(() => void fireEvent.click(screen.getByRole('button', { name: 'Delete' })));
    expect(screen.queryByText('Hello')).toBeNull();
  });

  it.each([
    ['chat.blocked', 'You can no longer write here.'],
    ['chat.message_refused', 'Not sent: there are words in it that are not allowed here.'],
    ['chat.conversation_archived', 'This conversation is archived. It can only be read.'],
  ])('keeps what was refused (%s), and gives it back', async (code, text) => {
    const handle = await chat.openLoaded([aMessage({ seq: 1 })]);
    await write('Hello');
    await act(() => handle.apply({ type: 'refused', clientMessageId: 'x1', error: new ChatError({ code }) }));
    expect(screen.getByRole('alert').textContent).toContain(text);
    await act(() => void fireEvent.click(screen.getByRole('button', { name: 'Edit' })));
    expect(screen.getByRole('textbox')).toHaveProperty('value', 'Hello');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('says how long slow mode takes', async () => {
    const handle = await chat.openLoaded([aMessage({ seq: 1 })]);
    await write('Hello');
    const error = new ChatError({ code: 'chat.slow_mode', retryable: true, retryAfterMs: 8_400 });
    await act(() => handle.apply({ type: 'postponed', clientMessageId: 'x1', error }));
    expect(screen.getByText('Slow mode is on. It will be sent in about 9 s')).toBeTruthy();
  });

  it('keeps what is being written, over a look at home and over a reload', async () => {
    chat.conversations = [aConversation({ id: 'c1' }), aConversation({ id: 'c2' })];
    chat.client.conversation('c1').load([aMessage({ seq: 1 })]);
    const model = await chat.open();
    await act(() => model!.show({ name: 'conversation', id: 'c1' }));
    await act(() => void fireEvent.input(screen.getByRole('textbox'), { target: { value: 'Half a tho' } }));
    await act(() => model!.show({ name: 'conversation', id: null }));
    await act(() => model!.show({ name: 'conversation', id: 'c1' }));
    expect(screen.getByRole('textbox')).toHaveProperty('value', 'Half a tho');
    expect(localStorage.getItem('fast-light-chat:pk:draft:c1:u1')).toBe('Half a tho');
    await write('Half a thought');
    expect(localStorage.getItem('fast-light-chat:pk:draft:c1:u1')).toBeNull();
  });

  it('says when a message was read', async () => {
    const handle = await chat.openLoaded([aMessage({ seq: 1, sender: USER })]);
    expect(screen.getByText(/Sent$/)).toBeTruthy();
    await act(() => handle.apply({ type: 'read', reader: { type: 'agent', id: 'a1' }, readSeq: 1 }));
    expect(screen.getByText(/Read$/)).toBeTruthy();
  });

  it('says of what is held that it is being checked, and lets it only be taken back', async () => {
    const held = aMessage({ seq: 1, sender: USER, held: true });
    const handle = await chat.openLoaded([held]);
    expect(screen.getByText(/Being checked$/)).toBeTruthy();
    expect(screen.queryByText(/Sent$/)).toBeNull();
    await openTools(0);
    expect(screen.queryByRole('button', { name: 'Edit' })).toBeNull();
    expect(screen.queryByRole('button', { name: /^React with/ })).toBeNull();
    expect(screen.getByRole('button', { name: 'Delete' })).toBeTruthy();
    await act(() => handle.apply({ type: 'message', message: { ...held, held: false, rev: 1 } }));
    expect(screen.getByText(/Sent$/)).toBeTruthy();
  });

  it('says who is typing', async () => {
    const handle = await chat.openLoaded([aMessage({ seq: 1 })]);
    await act(() => handle.apply({ type: 'typing', sender: AGENT, typing: true }));
    expect(screen.getByText('Mina is typing')).toBeTruthy();
  });

  it('never takes content for markup, but follows addresses', async () => {
    await chat.openLoaded([aMessage({ seq: 1, content: '<b>no</b> see https://shop.example/a?b=1.' })]);
    expect(screen.getByText(/<b>no<\/b> see/)).toBeTruthy();
    const link = screen.getByRole('link', { name: 'https://shop.example/a?b=1' });
    expect(link.getAttribute('rel')).toContain('noopener');
  });

  it('shows what was written with marks', async () => {
    const content = '**Size**\n- `M`\n- [L](https://shop.example/l)\n> sold out\n```js\nlet a = 1;\n```';
    await chat.openLoaded([
      aMessage({ seq: 1, content }),
      aMessage({ seq: 2, content: '[x](javascript:alert(1))' }),
    ]);
    const [marked, harmless] = articles();
    expect(within(marked!).getByText('Size').tagName).toBe('STRONG');
    expect(within(marked!).getAllByRole('listitem')).toHaveLength(2);
    expect(within(marked!).getByRole('link', { name: 'L' }).getAttribute('href')).toBe(
      'https://shop.example/l',
    );
    expect(within(marked!).getByText('sold out').closest('blockquote')).toBeTruthy();
    expect(within(marked!).getByText('let a = 1;').closest('pre')).toBeTruthy();
    expect(harmless!.textContent).toContain('[x](javascript:alert(1))');
    expect(within(harmless!).queryByRole('link')).toBeNull();
  });

  it('shows at once what is quoted deeper than anybody reads', async () => {
    await chat.openLoaded([aMessage({ seq: 1, content: `${'>'.repeat(10_000)} deep` })]);
    const [message] = articles();
    expect(message!.textContent).toContain('deep');
    expect(message!.querySelectorAll('blockquote').length).toBeLessThan(20);
  });

  it('shows what a message answers, and the files in it', async () => {
    const attachments = [
      {
        id: 'f1',
        name: 'cup.png',
        mimeType: 'image/png',
        size: 9,
        url: '/f1',
        thumbnailUrl: '/t1',
        width: 4,
        height: 3,
      },
      { id: 'f2', name: 'bill.pdf', mimeType: 'application/pdf', size: 1_400_000, url: '/f2' },
    ];
    await chat.openLoaded([
      aMessage({ seq: 1, sender: USER, content: 'Is it *blue*?' }),
      aMessage({ seq: 2, content: 'It is.', replyToId: 'm1', attachments }),
    ]);
    const answer = articles()[1]!;
    expect(within(answer).getByText('Is it blue?')).toBeTruthy();
    expect(within(answer).getByRole('link', { name: 'cup.png' }).getAttribute('href')).toBe('/f1');
    expect(
      within(answer)
        .getByRole('link', { name: /^Download bill\.pdf, 1\.3/ })
        .getAttribute('href'),
    ).toBe('/f2');
  });

  it('plays sound and film', async () => {
    const file = { id: 'f1', name: 'how-to.mp4', mimeType: 'video/mp4', size: 9, url: '/f1' };
    const sound = { id: 'f2', name: 'voice.m4a', mimeType: 'audio/mp4', size: 9, url: '/f2' };
    await chat.openLoaded([aMessage({ seq: 1, attachments: [file, sound] })]);
    expect(screen.getByLabelText('how-to.mp4')).toMatchObject({ tagName: 'VIDEO', controls: true });
    expect(screen.getByLabelText('voice.m4a')).toMatchObject({ tagName: 'AUDIO', controls: true });
  });

  describe('a file that is shown for longer than its links live', () => {
    const LIFE_MS = 600_000;
    let now: number;
    const linkTo = (id: string, variant = 'original'): string =>
      `https://chat.example/v1/files/${id}/content?variant=${variant}&expires=${now + LIFE_MS}`;
    const fileNow = (id: string, mimeType: string) => ({
      ...{ id, name: `${id}.file`, mimeType, size: 9, url: linkTo(id) },
      ...(mimeType === 'image/png' && { thumbnailUrl: linkTo(id, 'thumbnail'), width: 4, height: 3 }),
    });
    let renewed: string[];
    let isGone: boolean;

    beforeEach(() => {
      vi.useFakeTimers({ toFake: ['Date'] });
      [renewed, isGone, now] = [[], false, Date.now()];
      const before = fetch as unknown as (url: string) => Promise<Response>;
      vi.stubGlobal('fetch', (url: string) => {
        const id = /\/v1\/files\/([^/?]+)$/.exec(url)?.[1];
        if (id === undefined) return before(url);
        renewed.push(id);
        const refusal = { code: 'files.not_found', message: 'gone', requestId: 'r1' };
        return Promise.resolve(
          isGone
            ? Response.json(refusal, { status: 404 })
            : Response.json(fileNow(id, id === 'cup' ? 'image/png' : 'video/mp4')),
        );
      });
      return () => vi.useRealTimers();
    });

    const showFile = async (id: string, mimeType: string): Promise<void> => {
      await chat.openLoaded([aMessage({ seq: 1, attachments: [fileNow(id, mimeType)] })]);
      now += LIFE_MS;
      vi.setSystemTime(now);
    };

    it('has its picture loaded by a fresh link, once', async () => {
      await showFile('cup', 'image/png');
      const link = screen.getByRole('link', { name: 'cup.file' });
      for (let times = 0; times < 3; times++) fireEvent.error(link.querySelector('img')!);
      await vi.waitFor(() =>
        expect(link.querySelector('img')!.getAttribute('src')).toBe(linkTo('cup', 'thumbnail')),
      );
      expect(link.getAttribute('href')).toBe(linkTo('cup'));
      expect(renewed).toEqual(['cup']);
    });

    it('is opened by a fresh link', async () => {
      await showFile('bill', 'application/pdf');
      const opened: string[] = [];
      const note = (event: MouseEvent): void => {
        if (!event.defaultPrevented) opened.push((event.currentTarget as HTMLAnchorElement).href);
        event.preventDefault();
      };
      const link = screen.getByRole('link', { name: /^Download bill/ });
      link.addEventListener('click', note);
      fireEvent.click(link);
      await vi.waitFor(() => expect(opened).toEqual([linkTo('bill')]));
      expect(renewed).toEqual(['bill']);
    });

    it('goes on playing where its link ended', async () => {
      await showFile('film', 'video/mp4');
      const player = screen.getByLabelText<HTMLVideoElement>('film.file');
      player.currentTime = 42;
      fireEvent.error(player);
      await vi.waitFor(() => expect(player.getAttribute('src')).toBe(linkTo('film')));
      player.currentTime = 0;
      fireEvent(player, new Event('loadedmetadata'));
      expect(player.currentTime).toBe(42);
    });

    it('says so when it cannot be opened any more', async () => {
      await showFile('bill', 'application/pdf');
      isGone = true;
      fireEvent.click(screen.getByRole('link', { name: /^Download bill/ }));
      expect((await screen.findByRole('alert')).textContent).toBe('This file cannot be opened right now.');
    });
  });

  it('shows an answer in a thread as an answer to its root', async () => {
    await chat.openLoaded([
      aMessage({ seq: 1, sender: USER, content: 'Is it blue?' }),
      aMessage({ seq: 2, content: 'It is.', threadRootId: 'm1' }),
      aMessage({ seq: 3, content: 'As was said.', threadRootId: 'm0' }),
    ]);
    expect(within(articles()[1]!).getByText('Is it blue?')).toBeTruthy();
    expect(within(articles()[2]!).getByText('An earlier message')).toBeTruthy();
  });

  it('says what is behind a link, and asks its server for nothing', async () => {
    const preview = { url: 'https://shop.example/cup', title: 'Blue cup', siteName: 'Shop' };
    const imageUrl = 'https://shop.example/cup.png';
    const linkPreviews = [{ ...preview, description: 'A cup in blue.', imageUrl }];
    await chat.openLoaded([aMessage({ seq: 1, content: 'Look', linkPreviews })]);
    const link = screen.getByRole('link', { name: /Shop.*Blue cup.*A cup in blue\./ });
    expect(link.getAttribute('href')).toBe(preview.url);
    expect(articles()[0]!.querySelector('img')).toBeNull();
  });

  it.each([
    ['resolved', 'Mina resolved this conversation'],
    ['open', 'Mina opened it again'],
  ])('says what has happened: %s', async (status, line) => {
    const metadata = { event: 'status_changed', status, actorType: 'agent', actorName: 'Mina' };
    const content = `Mina ${status === 'open' ? 'opened it again' : 'did something'}`;
    await chat.openLoaded([aMessage({ seq: 1, type: 'system', content, metadata })]);
    expect(screen.getByText(line)).toBeTruthy();
  });

  it('takes a reaction, and takes it back', async () => {
    const by = [{ type: 'user', id: 'u1' }] as const;
    const handle = await chat.openLoaded([
      aMessage({ seq: 1, reactions: [{ emoji: '🎉', count: 1, by: [...by] }] }),
    ]);
    await chooseTool(0, 'React with 👍');
    await act(() => void fireEvent.click(screen.getByRole('button', { name: '🎉 1', pressed: true })));
    expect(handle.changes).toEqual([
      ['react', 'm1', '👍', true],
      ['react', 'm1', '🎉', false],
    ]);
  });

  it('lets one edit what one wrote, and nobody else', async () => {
    const handle = await chat.openLoaded([
      aMessage({ seq: 1 }),
      aMessage({ seq: 2, sender: USER, content: 'Helo' }),
    ]);
    await openTools(0);
    expect(screen.queryByRole('button', { name: 'Edit' })).toBeNull();
    await chooseTool(1, 'Edit');
    const field = screen.getByRole('textbox', { name: 'Edit message' });
    await act(() => void fireEvent.input(field, { target: { value: 'Hello' } }));
    await act(() => void fireEvent.keyDown(field, { key: 'Enter' }));
    expect(handle.changes).toEqual([['edit', 'm2', 'Hello']]);
    expect(screen.queryByRole('textbox', { name: 'Edit message' })).toBeNull();
  });

  it('leaves the edit with Escape, not the chat', async () => {
    const handle = await chat.openLoaded([aMessage({ seq: 1, sender: USER })]);
    await chooseTool(0, 'Edit');
    const field = screen.getByRole('textbox', { name: 'Edit message' });
    await act(() => void fireEvent.keyDown(field, { key: 'Escape', isComposing: true }));
    expect(document.activeElement).toBe(field);
    await act(() => void fireEvent.keyDown(field, { key: 'Escape' }));
    expect(screen.queryByRole('textbox', { name: 'Edit message' })).toBeNull();
    expect(handle.changes).toEqual([]);
    expect(around.close).not.toHaveBeenCalled();
  });

  it('goes on from an edit that was refused, until that is given up', async () => {
    const handle = await chat.openLoaded([aMessage({ seq: 1, sender: USER, content: 'Helo' })]);
    const begin = async (): Promise<HTMLElement> => {
      await chooseTool(0, 'Edit');
      return screen.getByRole('textbox', { name: 'Edit message' });
    };
    handle.changed = Promise.reject(new ChatError({ code: 'chat.message_refused' }));
    handle.changed.catch(() => undefined);
    const field = await begin();
    await act(() => void fireEvent.input(field, { target: { value: 'Hello, all' } }));
    await act(() => void fireEvent.keyDown(field, { key: 'Enter' }));
    expect((await screen.findByRole('alert')).textContent).toBe('That could not be done.');
    expect(await begin()).toHaveProperty('value', 'Hello, all');
    await act(() => void fireEvent.click(screen.getByRole('button', { name: 'Cancel' })));
    expect(await begin()).toHaveProperty('value', 'Helo');
  });

  it('asks before it deletes, and says when that could not be done', async () => {
    const handle = await chat.openLoaded([aMessage({ seq: 1, sender: USER })]);
    handle.changed = Promise.reject(new ChatError({ code: 'auth.forbidden' }));
    handle.changed.catch(() => undefined);
    await chooseTool(0, 'Delete');
    expect(handle.changes).toEqual([]);
    await act(() => void fireEvent.click(screen.getByRole('button', { name: 'Delete' })));
    expect(handle.changes).toEqual([['remove', 'm1']]);
    await vi.waitFor(() => expect(screen.getByRole('alert').textContent).toBe('That could not be done.'));
  });

  it('refuses what is too long, and says by how much', async () => {
    await chat.openLoaded([aMessage({ seq: 1 })]);
    fireEvent.input(screen.getByRole('textbox'), { target: { value: 'a'.repeat(8_003) } });
    await act(() => undefined);
    expect(screen.getByRole('alert').textContent).toBe('That is 3 characters too long.');
    expect(screen.getByRole('button', { name: 'Send' })).toHaveProperty('disabled', true);
  });

  it.each<TimelineFact>([
    { type: 'lost' },
    { type: 'load-failed', error: new ChatError({ code: 'common.validation_failed' }) },
  ])('says so when access has ended, or never was, and leads away: $type', async (fact) => {
    const handle = await chat.openLoaded([aMessage({ seq: 1 })]);
    await act(() => handle.apply(fact));
    expect(screen.getByRole('alert').textContent).toContain('This conversation has ended');
    await act(() => void fireEvent.click(within(screen.getByRole('alert')).getByText('Back')));
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('lets each text run its own way', async () => {
    await chat.openLoaded([
      aMessage({ seq: 1, content: 'مرحبا' }),
      aMessage({ seq: 2, content: 'One\n\nمرحبا' }),
    ]);
    const texts = [...screen.getAllByText('مرحبا'), screen.getByText('One'), screen.getByRole('textbox')];
    expect(texts.map((text) => text.dir)).toEqual(['auto', 'auto', 'auto', 'auto']);
  });
});

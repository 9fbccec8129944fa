import { ChatError } from '@fast-light-chat/sdk';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { aMessage, anAgent, at, SELF } from '../test/factories';
import { field, openWith, own } from '../test/open-conversation';

const offered = () => screen.getAllByRole('menuitem').map((item) => item.textContent);

describe('what was written with marks', () => {
  it('is shown as it was meant', async () => {
    const content = '**Size**\n\n1. `M`\n2. [L](https://shop.example/l)\n\n> sold out';
    const { row } = await openWith([aMessage({ content })]);
    expect(row(0).getByText('Size').tagName).toBe('STRONG');
    expect(row(0).getAllByRole('listitem')).toHaveLength(2);
    expect(row(0).getByRole('link', { name: 'L' })).toHaveAttribute('href', 'https://shop.example/l');
    expect(row(0).getByText('sold out').closest('blockquote')).not.toBeNull();
  });

  it('has its code in colors, once they are loaded', async () => {
    const { row } = await openWith([aMessage({ content: '```ts\nconst a = "<b>x</b>";\n```' })]);
    await waitFor(() => expect(row(0).getByText('const').tagName).toBe('SPAN'));
    expect(row(0).getByText('"<b>x</b>"')).toBeVisible();
  });

  it('is shown at once, however deep it is quoted', async () => {
    const { row } = await openWith([aMessage({ content: `${'>'.repeat(10_000)} deep` })]);
    expect(row(0).getByText(/deep$/)).toBeVisible();
    expect(screen.getAllByRole('article')[0]!.querySelectorAll('blockquote').length).toBeLessThan(20);
  });

  it.each(['[x](javascript:alert(1))', '<img src=x onerror=alert(1)>', '```nonsense\n<b>\n```'])(
    'is harmless: %s',
    async (content) => {
      const { row } = await openWith([aMessage({ content })]);
      expect(row(0).queryByRole('link')).toBeNull();
      expect(screen.getAllByRole('article')[0]!.querySelector('img[src="x"], b')).toBeNull();
    },
  );
});

describe('the actions on a message', () => {
  it('are those that the role allows', async () => {
    const { openMenu, person } = await openWith([aMessage(), own({ seq: 2 })]);
    await openMenu(0);
    expect(offered()).toEqual([
      'React',
      'Reply',
      'Reply in a thread',
      'Pin',
      'Copy text',
      'Copy link',
      'Delete as an admin',
    ]);
    await person.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
    await openMenu(1);
    expect(offered()).toContain('Edit');
    expect(offered()).toContain('Delete');
  });

  it.each([
    ['agent', ['React', 'Reply', 'Reply in a thread', 'Pin', 'Copy text', 'Copy link']],
    ['viewer', ['Copy text', 'Copy link']],
  ] as const)('are fewer for one whose role is %s', async (role, expected) => {
    const { openMenu } = await openWith([aMessage()], anAgent({ id: 'agent-7', role }));
    await openMenu(0);
    expect(offered()).toEqual(expected);
  });

  it('react to it, and take a reaction off', async () => {
    const by = [{ type: 'agent', id: SELF.id } as const];
    const { choose, person, talk } = await openWith([
      aMessage({ reactions: [{ emoji: '🎉', count: 1, by }] }),
    ]);
    await choose(0, 'React');
    const often = within(await screen.findByRole('group', { name: 'Used often' }));
    await person.click(often.getByRole('button', { name: /👍/ }));
    await person.click(await screen.findByRole('button', { name: '🎉 1', pressed: true }));
    expect(talk.changes).toEqual([
      ['react', 'message-1', '👍', true],
      ['react', 'message-1', '🎉', false],
    ]);
  });

  it('answer it, with what is answered in view', async () => {
    const { choose, person, talk } = await openWith([aMessage({ content: 'Is it **blue**?' })]);
    await choose(0, 'Reply');
    expect(await screen.findByText('Reply to Minjun')).toBeVisible();
    await person.type(field(), 'Yes{Enter}');
    expect(talk.sent).toEqual([{ content: 'Yes', private: false, replyToId: 'message-1' }]);
    expect(screen.queryByText('Reply to Minjun')).toBeNull();
    act(() => talk.receive(own({ seq: 2, content: 'Yes', replyToId: 'message-1' })));
    expect(await screen.findByRole('button', { name: /Minjun.*Is it blue\?/ })).toBeVisible();
  });

  it('answer a note with a note', async () => {
    const { choose, person, talk } = await openWith([own({ private: true })]);
    await choose(0, 'Reply');
    await person.type(field(), 'Seen{Enter}');
    expect(talk.sent).toEqual([{ content: 'Seen', private: true, replyToId: 'message-1' }]);
  });

  it('edit it in place', async () => {
    const { choose, person, talk } = await openWith([own({ content: 'Helo' })]);
    await choose(0, 'Edit');
    const editor = await screen.findByRole('textbox', { name: 'Edit message' });
    await person.clear(editor);
    await person.type(editor, 'Hello{Enter}');
    expect(talk.changes).toEqual([['edit', 'message-1', 'Hello', { mentions: [], mentionsAll: false }]]);
    expect(screen.queryByRole('textbox', { name: 'Edit message' })).toBeNull();
  });

  it.each(['x{Enter}', '{Escape}'])('are at hand again after an edit that ends with %s', async (keys) => {
    const { choose, person, row } = await openWith([aMessage(), own({ seq: 2 })]);
    await choose(1, 'Edit');
    await person.type(await screen.findByRole('textbox', { name: 'Edit message' }), keys);
    expect(row(1).getByRole('button', { name: 'Message actions' })).toHaveFocus();
  });

  it('leave the edit with Escape', async () => {
    const { choose, person, talk } = await openWith([own()]);
    await choose(0, 'Edit');
    await person.type(await screen.findByRole('textbox', { name: 'Edit message' }), 'x{Escape}');
    expect(screen.queryByRole('textbox', { name: 'Edit message' })).toBeNull();
    expect(talk.changes).toEqual([]);
  });

  it('delete it after a question, and say when that was refused', async () => {
    const { choose, person, talk } = await openWith([own()]);
    const refused = Promise.reject(new ChatError({ code: 'auth.forbidden', status: 403 }));
    refused.catch(() => undefined);
    talk.changed = refused;
    await choose(0, 'Delete');
    const dialog = await screen.findByRole('dialog', { name: 'Delete this message?' });
    expect(talk.changes).toEqual([]);
    await person.click(within(dialog).getByRole('button', { name: 'Delete' }));
    expect(talk.changes).toEqual([['remove', 'message-1']]);
    expect(await screen.findByText('Your role does not allow this.')).toBeVisible();
  });

  it('delete what somebody else wrote, and say so', async () => {
    const { choose, person, talk } = await openWith([aMessage()]);
    await choose(0, 'Delete as an admin');
    const dialog = await screen.findByRole('dialog', { name: 'Delete the message of Minjun?' });
    await person.click(within(dialog).getByRole('button', { name: 'Delete' }));
    expect(talk.changes).toEqual([['remove', 'message-1']]);
  });

  it('pin it', async () => {
    const { choose, requests } = await openWith([aMessage()]);
    await choose(0, 'Pin');
    await waitFor(() =>
      expect(requests.map(({ method, path }) => `${method} ${path}`)).toContain(
        'PUT /v1/conversations/conversation-1/messages/message-1/pin',
      ),
    );
  });

  it('copy it', async () => {
    const { choose } = await openWith([aMessage({ content: '**Hi**' })]);
    await choose(0, 'Copy text');
    expect(await navigator.clipboard.readText()).toBe('**Hi**');
    await choose(0, 'Copy link');
    expect(await navigator.clipboard.readText()).toMatch(
      /\/inbox\/all\/conversation-1\?message=message-1&seq=1$/,
    );
  });
});

describe('what a message said before', () => {
  const edited = aMessage({ content: 'Is it blue?', editedAt: at(3) });

  it('is shown newest first', async () => {
    const { keep, person } = await openWith([edited]);
    keep([
      { content: 'Is it red?', writtenAt: at(1) },
      { content: 'Is it **green**?', writtenAt: at(2) },
    ]);
    await person.click(screen.getByRole('button', { name: 'edited' }));
    const dialog = await screen.findByRole('dialog', { name: 'Earlier versions' });
    const versions = await within(dialog).findAllByRole('listitem');
    expect(versions.map((version) => version.textContent)).toEqual([
      expect.stringMatching(/Is it green\?$/),
      expect.stringMatching(/Is it red\?$/),
    ]);
  });

  it('may be nothing any more', async () => {
    const { keep, person } = await openWith([edited]);
    keep([]);
    await person.click(screen.getByRole('button', { name: 'edited' }));
    expect(await screen.findByText('Nothing earlier is kept.')).toBeVisible();
  });

  it('says when it cannot be loaded, and tries again', async () => {
    const { keep, person } = await openWith([{ ...edited, rev: 1 }]);
    await person.click(screen.getByRole('button', { name: 'edited' }));
    const alert = await within(await screen.findByRole('dialog')).findByRole('alert');
    keep([{ content: 'Is it red?', writtenAt: at(1) }]);
    await person.click(within(alert).getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Is it red?')).toBeVisible();
  });

  it('is not for viewers', async () => {
    const { row } = await openWith([edited], anAgent({ id: 'agent-7', role: 'viewer' }));
    expect(row(0).getByText('edited')).toBeVisible();
    expect(row(0).queryByRole('button', { name: 'edited' })).toBeNull();
  });
});

describe('a preview of a link', () => {
  const preview = {
    url: 'https://www.shop.example/cup',
    title: 'A cup',
    description: 'Holds tea',
    siteName: null,
    imageUrl: 'https://cdn.example/cup.png',
  };
  const card = () => screen.getByRole('link', { name: /A cup/ });

  it('says where it leads, and leads there in a tab of its own', async () => {
    await openWith([aMessage({ linkPreviews: [preview] })]);
    expect(card()).toHaveTextContent('shop.example' + 'A cup' + 'Holds tea');
    expect(card()).toHaveAttribute('href', preview.url);
    expect(card()).toHaveAttribute('target', '_blank');
    expect(card().getAttribute('rel')).toContain('noopener');
    expect(card().querySelector('img')).toHaveAttribute('referrerpolicy', 'no-referrer');
  });

  it.each([null, 'http://cdn.example/cup.png', 'javascript:alert(1)'])(
    'has no picture from %s',
    async (imageUrl) => {
      await openWith([aMessage({ linkPreviews: [{ ...preview, imageUrl }] })]);
      expect(card().querySelector('img')).toBeNull();
    },
  );

  it('goes on without a picture that is not there', async () => {
    await openWith([aMessage({ linkPreviews: [preview] })]);
    fireEvent.error(card().querySelector('img')!);
    expect(card().querySelector('img')).toBeNull();
  });

  it('goes with the message', async () => {
    await openWith([aMessage({ linkPreviews: [preview], content: '', deletedAt: at(2) })]);
    expect(screen.queryByRole('link', { name: /A cup/ })).toBeNull();
  });
});

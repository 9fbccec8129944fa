import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { anAgent, at, SELF } from '../test/factories';
import { fakeServer, page, refusal } from '../test/fake-server';
import { renderApp } from '../test/render-app';
import type { SavedReplyView } from '../lib/wire';

const path = '/settings/replies';

function aReply(fields: Partial<SavedReplyView> = {}): SavedReplyView {
  return {
    id: 'reply-1',
    shortcut: 'refund',
    title: 'How refunds work',
    content: 'Your money is back within a day.',
    updatedAt: at(0),
    ...fields,
  };
}

const tenant = (replies: SavedReplyView[]) => ({
  'GET /v1/conversations': () => page([]),
  'GET /v1/saved-replies': () => page(replies),
});

describe('saved replies', () => {
  it('are listed, searched and read page by page', async () => {
    const { requests } = fakeServer({
      ...tenant([]),
      'GET /v1/saved-replies': ({ query }) => {
        if (query.get('query')) return page([]);
        if (query.get('cursor')) return page([aReply({ id: 'reply-2', title: 'Hello', shortcut: 'hi' })]);
        return { body: { items: [aReply()], nextCursor: 'next' } };
      },
    });
    const { person } = renderApp({ path, as: SELF });
    const list = within(await screen.findByRole('list', { name: 'Saved replies' }));
    expect(list.getByText('/refund')).toBeVisible();
    await person.click(screen.getByRole('button', { name: 'Load more' }));
    expect(await list.findByText('/hi')).toBeVisible();
    await person.type(screen.getByRole('searchbox', { name: 'Search replies' }), '환불');
    expect(await screen.findByText('No reply has “환불” in it')).toBeVisible();
    expect(requests.some(({ query }) => query.get('query') === '환불')).toBe(true);
  });

  it('are written by any agent, with names put in where the caret is', async () => {
    const answers = [refusal(409, 'reply.shortcut_taken'), { status: 201, body: aReply() }];
    const { requests } = fakeServer({ ...tenant([]), 'POST /v1/saved-replies': () => answers.shift()! });
    const { person } = renderApp({ path, as: anAgent() });
    expect(await screen.findByText('No saved replies yet')).toBeVisible();
    await person.click(screen.getByRole('button', { name: 'New reply' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'New reply' }));
    await person.type(dialog.getByLabelText('Title'), 'Hello');
    await person.type(dialog.getByLabelText('Shortcut'), 'two words');
    await person.type(dialog.getByLabelText('Text'), 'Hello !');
    await person.click(dialog.getByRole('button', { name: 'Create' }));
    expect(await dialog.findByText(/^Letters, digits, - and _ only/)).toBeVisible();
    await person.clear(dialog.getByLabelText('Shortcut'));
    await person.type(dialog.getByLabelText('Shortcut'), '/Hi');
    const text = dialog.getByLabelText<HTMLTextAreaElement>('Text');
    text.setSelectionRange(6, 6);
    await person.click(dialog.getByRole('button', { name: 'Name of the user' }));
    expect(text).toHaveValue('Hello {{user.name}}!');
    await person.click(dialog.getByRole('button', { name: 'Create' }));
    expect(await dialog.findByText('Another reply has this shortcut.')).toBeVisible();
    await person.click(dialog.getByRole('button', { name: 'Create' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    const sent = requests.filter(({ method }) => method === 'POST').at(-1)?.body;
    expect(sent).toEqual({ title: 'Hello', shortcut: 'hi', content: 'Hello {{user.name}}!' });
  });

  it('are changed and deleted', async () => {
    const { requests } = fakeServer({
      ...tenant([aReply()]),
      'PATCH /v1/saved-replies/reply-1': () => ({ body: aReply() }),
      'DELETE /v1/saved-replies/reply-1': () => ({ status: 204 }),
    });
    const { person } = renderApp({ path, as: SELF });
    await person.click(await screen.findByRole('button', { name: 'Change How refunds work' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Change reply' }));
    expect(dialog.getByLabelText('Shortcut')).toHaveValue('refund');
    await person.click(dialog.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(requests.some(({ method }) => method === 'PATCH')).toBe(true));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    await person.click(screen.getByRole('button', { name: 'Delete How refunds work' }));
    const confirm = within(await screen.findByRole('dialog', { name: /Delete “How refunds work”/ }));
    await person.click(confirm.getByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(requests.some(({ method }) => method === 'DELETE')).toBe(true));
  });

  it('can be read, and not changed, by a viewer', async () => {
    fakeServer(tenant([aReply()]));
    renderApp({ path, as: anAgent({ role: 'viewer' }) });
    expect(await screen.findByText('/refund')).toBeVisible();
    expect(screen.queryByRole('button', { name: /New reply|Change|Delete/ })).not.toBeInTheDocument();
  });
});

import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { AgentView, UserView } from '../lib/wire';
import { aUser, anAgent, at, SELF } from '../test/factories';
import { fakeServer, page, refusal, type Answer, type FakeRequest } from '../test/fake-server';
import { renderApp } from '../test/render-app';

const path = '/v1/users/user-1';
const event = (id: string, name: string, properties = {}) => ({ id, name, properties, at: at(1) });

/** Answers every change with the user as it then is. */
function openUser(fields: Partial<UserView> = {}, given: { as?: AgentView; routes?: object } = {}) {
  let user = aUser(fields);
  const change = ({ body }: FakeRequest): Answer => {
    const {
      profile,
      addTags = [],
      removeTags = [],
    } = body as {
      profile?: object;
      addTags?: string[];
      removeTags?: string[];
    };
    const tags = [...user.tags.filter((tag) => !removeTags.includes(tag)), ...addTags];
    user = { ...user, tags, profile: { ...user.profile, ...profile } };
    return { body: user };
  };
  const { requests } = fakeServer({
    'GET /v1/conversations': () => page([]),
    'GET /v1/environments': () => page([]),
    'GET /v1/agents': () => page([SELF, anAgent()]),
    [`GET ${path}`]: () => ({ body: user }),
    [`GET ${path}/events`]: () => page([]),
    [`PATCH ${path}`]: change,
    ...given.routes,
  });
  const sent = () => requests.filter(({ method }) => method !== 'GET').map(({ body }) => body);
  return { ...renderApp({ path: '/users/user-1', as: given.as ?? SELF }), requests, sent };
}

describe('user panel', () => {
  it('shows where the user is, with what, and that they agreed', async () => {
    openUser({
      page: { url: 'https://shop.example/cart?coupon=1', title: 'Your cart', at: at(1) },
      devices: [{ kind: 'mobile', browser: 'Safari', os: 'iOS', lastSeenAt: at(1) }],
      consentedAt: at(0),
    });
    const link = await screen.findByRole('link', { name: 'Your cart' });
    expect(link).toHaveAttribute('href', 'https://shop.example/cart?coupon=1');
    expect(link).toHaveAttribute('rel', 'noopener noreferrer');
    expect(screen.getByText(/^shop\.example\/cart · /)).toBeVisible();
    expect(screen.getByText('Safari · iOS')).toBeVisible();
    expect(screen.getByTitle('Phone')).toBeInTheDocument();
    expect(screen.getByText('Agreed')).toBeVisible();
  });

  it('adds and takes away a tag, and sends the difference', async () => {
    const { person, sent } = openUser({ tags: ['vip', 'old'] });
    const field = await screen.findByRole('combobox', { name: 'Tags' });
    await person.type(field, ' new {Enter}');
    expect(await screen.findByText('new')).toBeVisible();
    await person.type(field, '{Backspace}');
    await waitFor(() => expect(screen.queryByText('new')).not.toBeInTheDocument());
    expect(screen.getByText('old')).toBeVisible();
    expect(sent()).toEqual([
      { addTags: ['new'], removeTags: [] },
      { addTags: [], removeTags: ['new'] },
    ]);
  });

  it('changes attributes, in the kind that they are', async () => {
    const profile = { name: 'Minjun', email: null, phone: null, avatarUrl: null, plan: 'pro', seats: 3 };
    const { person, sent } = openUser({ profile });
    await person.click(await screen.findByRole('button', { name: 'Edit attributes' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Edit attributes' }));
    await person.click(dialog.getByRole('button', { name: 'Remove plan' }));
    await person.click(dialog.getByRole('button', { name: 'Add an attribute' }));
    const [, name] = dialog.getAllByLabelText('Name');
    await person.type(name!, 'email');
    await person.type(dialog.getAllByLabelText('Value')[1]!, 'true');
    await person.click(dialog.getByRole('button', { name: 'Save' }));
    expect(await dialog.findByText(/Letters, digits/)).toBeVisible();
    await person.clear(name!);
    await person.type(name!, 'isPaying');
    await person.click(dialog.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(sent()).toEqual([{ profile: { plan: null, isPaying: true } }]);
  });

  it('shows what they did on the site, page by page', async () => {
    const { person } = openUser(
      {},
      {
        routes: {
          [`GET ${path}/events`]: ({ query }: FakeRequest) =>
            query.get('cursor') === 'more'
              ? page([event('e1', 'cart_viewed')])
              : {
                  body: {
                    items: [event('e2', 'order_placed', { total: 39_500, gift: true })],
                    nextCursor: 'more',
                  },
                },
        },
      },
    );
    expect(await screen.findByText('order_placed')).toBeVisible();
    expect(screen.getByText('total: 39500 · gift: true')).toBeVisible();
    await person.click(screen.getByRole('button', { name: 'Load more' }));
    expect(await screen.findByText('cart_viewed')).toBeVisible();
  });

  it('erases only after the name was typed, shows the receipt, and goes away', async () => {
    const receipt = {
      id: 'receipt-1',
      userId: 'user-1',
      erasedAt: at(2),
      erased: { conversations: 2, messages: 1 },
    };
    const { person, router, requests } = openUser(
      {},
      { routes: { [`DELETE ${path}`]: () => ({ body: receipt }) } },
    );
    await person.click(await screen.findByRole('button', { name: 'Erase user' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Erase Minjun?' }));
    const erase = dialog.getByRole('button', { name: 'Erase for ever' });
    const field = dialog.getByLabelText('Type “Minjun” to confirm');
    await person.type(field, 'minju{Enter}');
    expect(erase).toBeDisabled();
    expect(requests.some(({ method }) => method === 'DELETE')).toBe(false);
    await person.clear(field);
    await person.type(field, 'Minjun{Enter}');
    const done = within(await screen.findByRole('dialog', { name: 'The user is erased' }));
    expect(done.getByText('receipt-1')).toBeVisible();
    expect(done.getByText(/2 conversations with 1 message went too/)).toBeVisible();
    await person.click(done.getByRole('button', { name: 'Done' }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/inbox/all'));
  });

  it('says what went wrong with an erasure, and lets it be tried again', async () => {
    const { person } = openUser(
      {},
      { routes: { [`DELETE ${path}`]: () => refusal(503, 'common.unavailable') } },
    );
    await person.click(await screen.findByRole('button', { name: 'Erase user' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Erase Minjun?' }));
    await person.type(dialog.getByLabelText(/Type/), 'Minjun{Enter}');
    expect(await dialog.findByRole('alert')).toHaveTextContent('briefly unavailable');
    expect(dialog.getByRole('button', { name: 'Erase for ever' })).toBeEnabled();
  });

  it('lets a viewer look only', async () => {
    openUser({ tags: ['vip'] }, { as: anAgent({ role: 'viewer' }) });
    expect(await screen.findByRole('combobox', { name: 'Tags' })).toBeDisabled();
    expect(screen.getByRole('button', { name: 'Edit attributes' })).toBeDisabled();
    expect(screen.getByRole('button', { name: 'Erase user' })).toBeDisabled();
  });
});

import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { anAgent, anEnvironment, at, SELF } from '../test/factories';
import { fakeServer, page, refusal } from '../test/fake-server';
import { renderApp } from '../test/render-app';

const ENVIRONMENT = anEnvironment();
const path = '/v1/environments/environment-1';
const tenant = {
  'GET /v1/conversations': () => page([]),
  'GET /v1/environments': () => page([ENVIRONMENT]),
  'GET /v1/agents': () => page([SELF, anAgent()]),
};

describe('settings', () => {
  it('shows the secret of a new API key once', async () => {
    const key = { id: 'key-1', name: 'CRM', apiKey: 'ak_1', scopes: [], expiresAt: null, lastUsedAt: null };
    fakeServer({
      ...tenant,
      [`GET ${path}/api-keys`]: () => page([]),
      [`POST ${path}/api-keys`]: () => ({
        status: 201,
        body: { ...key, createdAt: at(0), apiSecret: 'very-secret' },
      }),
    });
    const { person } = renderApp({ path: '/settings/environments/environment-1?tab=keys', as: SELF });
    await person.click(await screen.findByRole('button', { name: 'New API key' }));
    await person.type(await screen.findByLabelText('Name'), 'CRM');
    await person.click(screen.getByRole('button', { name: 'Create' }));
    const dialog = await screen.findByRole('dialog', { name: 'The key is ready' });
    expect(within(dialog).getByText('very-secret')).toBeVisible();
    await person.click(within(dialog).getByRole('button', { name: 'I have copied it' }));
    expect(screen.queryByText('very-secret')).not.toBeInTheDocument();
  });

  it('says of a key that could not be revoked why, and nothing of it when the next one is asked about', async () => {
    const key = { apiKey: 'ak_1', scopes: [], expiresAt: null, lastUsedAt: null, createdAt: at(0) };
    fakeServer({
      ...tenant,
      [`GET ${path}/api-keys`]: () =>
        page(['CRM', 'Shop'].map((name) => ({ ...key, id: name.toLowerCase(), name }))),
      [`DELETE ${path}/api-keys/crm`]: () => refusal(500, 'common.internal', 'Broken.'),
    });
    const { person } = renderApp({ path: '/settings/environments/environment-1?tab=keys', as: SELF });
    const [first, second] = await screen.findAllByRole('button', { name: 'Revoke' });
    await person.click(first!);
    const dialog = within(await screen.findByRole('dialog', { name: /CRM/ }));
    await person.click(dialog.getByRole('button', { name: 'Revoke' }));
    expect(await dialog.findByRole('alert')).toBeVisible();
    await person.click(dialog.getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await person.click(second!);
    await screen.findByRole('dialog', { name: /Shop/ });
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('takes pasted addresses for their origins and refuses what is none', async () => {
    const { requests } = fakeServer({ ...tenant, [`PATCH ${path}`]: () => ({ body: ENVIRONMENT }) });
    const { person } = renderApp({ path: '/settings/environments/environment-1?tab=security', as: SELF });
    const origins = await screen.findByLabelText('Allowed origins');
    await person.type(origins, 'shop');
    await person.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Not an origin: shop')).toBeVisible();
    await person.clear(origins);
    await person.type(origins, 'https://shop.example/cart');
    await person.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Saved')).toBeVisible();
    const sent = requests.find(({ method }) => method === 'PATCH');
    expect(sent?.body).toEqual({
      allowedOrigins: ['https://shop.example'],
      identityVerification: 'optional',
    });
  });

  it('takes banned words, one in a line, and what becomes of messages with them', async () => {
    const { requests } = fakeServer({ ...tenant, [`PATCH ${path}`]: () => ({ body: ENVIRONMENT }) });
    const { person } = renderApp({ path: '/settings/environments/environment-1?tab=moderation', as: SELF });
    await person.type(
      await screen.findByLabelText('Banned words'),
      ' casino {Enter}{Enter}free money{Enter}casino',
    );
    await person.click(screen.getByRole('radio', { name: /Is held/ }));
    await person.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Saved')).toBeVisible();
    expect(requests.find(({ method }) => method === 'PATCH')?.body).toEqual({
      settings: { moderation: { bannedWords: ['casino', 'free money'], action: 'hold' } },
    });
  });

  it('takes no line that is too long for a banned word', async () => {
    fakeServer(tenant);
    const { person } = renderApp({ path: '/settings/environments/environment-1?tab=moderation', as: SELF });
    await person.click(await screen.findByLabelText('Banned words'));
    await person.paste('x'.repeat(101));
    await person.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('A line has at most 100 characters.')).toBeVisible();
  });

  it('takes the size of the largest file in megabytes, and none for that of the installation', async () => {
    const { requests } = fakeServer({
      ...tenant,
      [`PATCH ${path}`]: ({ body }) => {
        const { settings } = body as { settings: { files: { maxBytes: number | null } } };
        return settings.files.maxBytes === null
          ? { body: ENVIRONMENT }
          : refusal(400, 'common.validation_failed');
      },
    });
    const { person } = renderApp({ path: '/settings/environments/environment-1', as: SELF });
    const field = await screen.findByLabelText('Largest file');
    expect(field).toHaveValue('5');
    const group = within(field.closest('form')!);
    const enter = async (text: string) => {
      await person.clear(field);
      if (text) await person.type(field, text);
      await person.click(group.getByRole('button', { name: 'Save' }));
    };
    await enter('a lot');
    expect(await screen.findByText('Enter a number from 0.01 to 1000.')).toBeVisible();
    await enter('50.5');
    expect(await screen.findByText(/takes only smaller files/)).toBeVisible();
    await enter('');
    expect(await screen.findByText('Saved')).toBeVisible();
    const sent = requests.filter(({ method }) => method === 'PATCH').map(({ body }) => body);
    expect(sent).toEqual(
      [50.5 * 1024 * 1024, null].map((maxBytes) => ({ settings: { files: { maxBytes } } })),
    );
  });

  it('hands over the link of an invitation', async () => {
    fakeServer({
      ...tenant,
      'GET /v1/agents/invitations': () => page([]),
      'POST /v1/agents/invitations': () => ({
        status: 201,
        body: { id: 'i', email: 'new@example.com', role: 'agent', token: 'secret-2', expiresAt: at(0) },
      }),
    });
    const { person } = renderApp({ path: '/settings/agents', as: SELF });
    await person.click(await screen.findByRole('button', { name: 'Invite' }));
    const dialog = await screen.findByRole('dialog', { name: 'Invite an agent' });
    await person.type(within(dialog).getByLabelText('E-mail'), 'new@example.com');
    await person.click(within(dialog).getByRole('button', { name: 'Invite' }));
    expect(await screen.findByText(/invitation#token=secret-2$/)).toBeVisible();
  });

  it('shows an agent the settings without letting them change', async () => {
    fakeServer(tenant);
    renderApp({ path: '/settings/environments/environment-1', as: anAgent({ role: 'agent' }) });
    expect(await screen.findByText('Only an owner or an admin can change this.')).toBeVisible();
    expect(await screen.findByLabelText('Name')).toBeDisabled();
    expect(screen.queryByRole('button', { name: 'Save' })).not.toBeInTheDocument();
  });

  it('says when a page does not exist', async () => {
    fakeServer(tenant);
    renderApp({ path: '/nowhere', as: SELF });
    expect(await screen.findByText('Page not found')).toBeVisible();
  });
});

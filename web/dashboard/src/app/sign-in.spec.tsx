import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { currentSession } from '../lib/session';
import { anAgent, aSession, ORGANIZATION, SELF } from '../test/factories';
import { fakeServer, page, refusal } from '../test/fake-server';
import { renderApp } from '../test/render-app';

const membership = { id: ORGANIZATION.id, name: ORGANIZATION.name, slug: 'moonlight', role: 'owner' };
const meOf = (organizations: unknown[]) => () => ({
  body: { agent: SELF, organization: ORGANIZATION, organizations },
});
const inboxRoutes = { 'GET /v1/conversations': () => page([]) };

async function fillIn(person: ReturnType<typeof renderApp>['person']) {
  await person.type(await screen.findByLabelText('E-mail'), 'seoyeon@example.com');
  await person.type(screen.getByLabelText('Password'), 'correct horse');
  await person.click(screen.getByRole('button', { name: 'Sign in' }));
}

describe('signing in', () => {
  it('leads to the inbox', async () => {
    fakeServer({
      ...inboxRoutes,
      'POST /v1/auth/login': () => ({ body: aSession() }),
      'GET /v1/auth/me': meOf([membership]),
    });
    const { person } = renderApp({ path: '/' });
    await fillIn(person);
    expect(await screen.findByRole('heading', { name: 'Inbox' })).toBeVisible();
    expect(await screen.findByText('No open conversations')).toBeVisible();
  });

  it('says when e-mail or password are wrong and keeps what was typed', async () => {
    fakeServer({ 'POST /v1/auth/login': () => refusal(401, 'auth.invalid_credentials') });
    const { person } = renderApp({ path: '/login' });
    await fillIn(person);
    expect(await screen.findByRole('alert')).toHaveTextContent('The e-mail or the password is wrong.');
    expect(screen.getByLabelText('E-mail')).toHaveValue('seoyeon@example.com');
  });

  it('asks for what is missing without asking the server', async () => {
    const { requests } = fakeServer({});
    const { person } = renderApp({ path: '/login' });
    await person.click(await screen.findByRole('button', { name: 'Sign in' }));
    expect(await screen.findAllByText('Required')).toHaveLength(2);
    expect(requests).toEqual([]);
  });

  it('lets an account with several organizations choose one', async () => {
    const other = { id: 'org-2', name: 'Second Shop', slug: 'second', role: 'admin' };
    const switched = {
      ...aSession(anAgent({ id: 'agent-9' })),
      organization: { ...ORGANIZATION, id: 'org-2' },
    };
    fakeServer({
      ...inboxRoutes,
      'POST /v1/auth/login': () => ({ body: aSession() }),
      'GET /v1/auth/me': meOf([membership, other]),
      'POST /v1/auth/switch': () => ({ body: switched }),
    });
    const { person } = renderApp({ path: '/login' });
    await fillIn(person);
    await person.click(await screen.findByRole('button', { name: /Second Shop/ }));
    expect(await screen.findByRole('heading', { name: 'Inbox' })).toBeVisible();
    expect(currentSession()?.organization.id).toBe('org-2');
  });

  it('returns to the page that was asked for', async () => {
    fakeServer({
      'POST /v1/auth/login': () => ({ body: aSession() }),
      'GET /v1/auth/me': meOf([membership]),
    });
    const { person, router } = renderApp({ path: '/settings/profile' });
    await fillIn(person);
    expect(await screen.findByRole('heading', { name: 'My profile' })).toBeVisible();
    expect(router.state.location.pathname).toBe('/settings/profile');
  });
});

describe('the links of e-mails', () => {
  it('accepts an invitation with the token after the #', async () => {
    const { requests } = fakeServer({
      ...inboxRoutes,
      'POST /v1/auth/invitations/accept': () => ({ status: 201, body: aSession() }),
    });
    const { person } = renderApp({ path: '/invitation#token=secret-1' });
    await person.type(await screen.findByLabelText('Your name'), 'Seoyeon');
    await person.type(screen.getByLabelText('Password'), 'correct horse battery');
    await person.click(screen.getByRole('button', { name: 'Join' }));
    expect(await screen.findByRole('heading', { name: 'Inbox' })).toBeVisible();
    expect(requests[0]?.body).toEqual({
      token: 'secret-1',
      name: 'Seoyeon',
      password: 'correct horse battery',
    });
  });

  it('says so when a link has lost its token', async () => {
    fakeServer({});
    renderApp({ path: '/reset' });
    expect(await screen.findByRole('alert')).toHaveTextContent('This link is incomplete.');
  });
});

import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { forgetSession } from '../lib/session';
import { anEnvironment, aSession, SELF } from '../test/factories';
import { fakeServer, page } from '../test/fake-server';
import { renderApp } from '../test/render-app';

const QUESTION = { name: 'Leave without saving?' };

/** The settings of an environment, with a new name for it that is not saved. */
async function openChanged() {
  let environments = [anEnvironment()];
  fakeServer({
    'GET /v1/conversations': () => page([]),
    'GET /v1/environments': () => page(environments),
    'GET /v1/agents': () => page([SELF]),
    'GET /v1/auth/me': () => ({ body: { ...aSession(), organizations: [] } }),
    'PATCH /v1/environments/environment-1': ({ body }) => {
      environments = environments.map((one) => ({ ...one, ...(body as object) }));
      return { body: environments[0] };
    },
    'DELETE /v1/environments/environment-1': () => {
      environments = [];
      return { status: 204 };
    },
    'POST /v1/auth/logout': () => ({ status: 204 }),
  });
  const app = renderApp({ path: '/settings/environments/environment-1', as: SELF });
  const name = await screen.findByRole('textbox', { name: 'Name' });
  await app.person.type(name, ' 2');
  const place = () => app.router.state.location.pathname + app.router.state.location.search;
  return { ...app, name, place };
}

const question = async () => within(await screen.findByRole('dialog', QUESTION));
const isQuestionAsked = () => screen.queryByRole('dialog', QUESTION) !== null;
/** Whether the browser would ask. */
const isUnloadHeld = () => !fireEvent(window, new Event('beforeunload', { cancelable: true }));

describe('settings that are not saved', () => {
  it('stay as they are for whoever stays', async () => {
    const { person, place, name } = await openChanged();
    await person.click(screen.getByRole('tab', { name: 'Widget' }));
    await person.click((await question()).getByRole('button', { name: 'Stay' }));
    await waitFor(() => expect(isQuestionAsked()).toBe(false));
    expect(place()).toBe('/settings/environments/environment-1');
    expect(name).toHaveDisplayValue(/ 2$/);
  });

  it('are given up by whoever leaves for another tab', async () => {
    const { person, place } = await openChanged();
    await person.click(screen.getByRole('tab', { name: 'Widget' }));
    await person.click((await question()).getByRole('button', { name: 'Leave' }));
    await waitFor(() => expect(place()).toBe('/settings/environments/environment-1?tab=widget'));
    await waitFor(() => expect(isQuestionAsked()).toBe(false));
    await person.click(screen.getByRole('tab', { name: 'Office hours' }));
    await waitFor(() => expect(place()).toBe('/settings/environments/environment-1?tab=hours'));
    expect(isQuestionAsked()).toBe(false);
  });

  it('are asked about before any other page', async () => {
    const { person, place, router } = await openChanged();
    await act(() => router.navigate('/inbox'));
    await person.click((await question()).getByRole('button', { name: 'Stay' }));
    await waitFor(() => expect(isQuestionAsked()).toBe(false));
    await person.click(screen.getByRole('link', { name: 'All environments' }));
    await person.click((await question()).getByRole('button', { name: 'Leave' }));
    await waitFor(() => expect(place()).toBe('/settings/environments'));
  });

  it('are gone with what they are of', async () => {
    const { person, place } = await openChanged();
    await person.click(screen.getByRole('button', { name: 'Delete environment' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Delete Live?' }));
    await person.click(dialog.getByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(place()).toBe('/settings/environments'));
    expect(isQuestionAsked()).toBe(false);
  });

  it('hold the window, until they are saved', async () => {
    const { person, place } = await openChanged();
    expect(isUnloadHeld()).toBe(true);
    await person.click(screen.getAllByRole('button', { name: 'Save' })[0]!);
    await screen.findByText('Saved');
    expect(isUnloadHeld()).toBe(false);
    await person.click(screen.getByRole('tab', { name: 'Widget' }));
    await waitFor(() => expect(place()).toBe('/settings/environments/environment-1?tab=widget'));
    expect(isQuestionAsked()).toBe(false);
  });

  it.each(['left', 'expired'] as const)('keep nobody whose session is over: %s', async (reason) => {
    const { place } = await openChanged();
    act(() => forgetSession(reason));
    await screen.findByRole('button', { name: 'Sign in' });
    expect(place()).toBe('/login');
    expect(isQuestionAsked()).toBe(false);
    expect(isUnloadHeld()).toBe(false);
  });
});

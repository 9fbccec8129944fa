import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { anAgent, anEnvironment, at, SELF } from '../test/factories';
import { fakeServer, page, refusal } from '../test/fake-server';
import { renderApp } from '../test/render-app';
import type { OverviewView } from '../lib/wire';

const path = '/overview';

function anOverview(fields: Partial<OverviewView> = {}): OverviewView {
  return {
    from: at(-540),
    to: at(30),
    timeZone: 'UTC',
    conversations: { created: 12, resolved: 9, waitingNow: 3, longestWaitMs: 95_000 },
    firstResponseMs: { median: 42_000, p90: 3_900_000 },
    resolutionMs: { median: null, p90: null },
    rating: { average: 4.5, count: 2 },
    perHour: [
      { at: '2026-11-20T00:00:00.000Z', messages: 4, conversations: 1 },
      { at: '2026-11-20T01:00:00.000Z', messages: 30, conversations: 2 },
    ],
    online: [{ id: 'agent-2', name: 'Jihoon', avatarUrl: null, presence: 'away' }],
    ...fields,
  };
}

const tenant = (overview: OverviewView) => ({
  'GET /v1/conversations': () => page([]),
  'GET /v1/environments': () =>
    page([anEnvironment(), { ...anEnvironment(), id: 'environment-2', name: 'Test' }]),
  'GET /v1/overview': () => ({ body: overview }),
});

describe('the overview', () => {
  it('says how support goes, to any agent', async () => {
    fakeServer(tenant(anOverview()));
    renderApp({ path, as: anAgent({ role: 'viewer' }) });
    const waiting = (await screen.findByText('Waiting now')).parentElement!;
    expect(waiting).toHaveTextContent('3The longest for 1m 35s');
    expect(screen.getByText('New conversations').parentElement).toHaveTextContent('129 resolved');
    expect(screen.getByText('First response').parentElement).toHaveTextContent('42s90% within 1h 5m');
    expect(screen.getByText('Time to resolve').parentElement).toHaveTextContent('–None yet');
    expect(screen.getByText('Rating').parentElement).toHaveTextContent('4.5 / 5from 2 ratings');
    const online = within(screen.getByRole('list', { name: 'Online now' }));
    expect(online.getByRole('listitem')).toHaveTextContent('Jihoon · away');
  });

  it('says in words what the chart shows, and shows its numbers when asked', async () => {
    fakeServer(tenant(anOverview()));
    const { person } = renderApp({ path, as: SELF });
    const summary = /^Messages per hour: 34 in all, most at 1:00\sAM \(30\)$/;
    expect(await screen.findByRole('img', { name: summary })).toBeVisible();
    await person.click(screen.getByRole('button', { name: 'Numbers' }));
    const rows = within(screen.getByRole('table')).getAllByRole('row');
    expect(rows).toHaveLength(25);
    expect(rows[2]).toHaveTextContent(/^1:00\sAM302$/);
    expect(screen.queryByRole('img', { name: summary })).not.toBeInTheDocument();
  });

  it('shows other days and one environment, and keeps both in the address', async () => {
    const { requests } = fakeServer(tenant(anOverview()));
    const { person, router } = renderApp({ path, as: SELF });
    await person.click(await screen.findByRole('button', { name: '7 days' }));
    expect(await screen.findByRole('heading', { name: 'Messages per day' })).toBeVisible();
    expect(screen.getByRole('heading', { name: 'Messages by time of day' })).toBeVisible();
    await person.click(screen.getByRole('combobox', { name: 'Environment' }));
    await person.click(await screen.findByRole('option', { name: 'Test' }));
    await waitFor(() => expect(router.state.location.search).toBe('?days=7&environment=environment-2'));
    await waitFor(() => {
      const query = requests.filter(({ path: asked }) => asked === '/v1/overview').at(-1)?.query;
      expect(Object.fromEntries(query!)).toEqual({ days: '7', environmentId: 'environment-2' });
    });
  });

  it('says so when nothing was said and nobody is there', async () => {
    const perHour = [{ at: '2026-11-20T00:00:00.000Z', messages: 0, conversations: 0 }];
    const conversations = { created: 0, resolved: 0, waitingNow: 0, longestWaitMs: null };
    fakeServer(
      tenant(anOverview({ perHour, conversations, online: [], rating: { average: null, count: 0 } })),
    );
    renderApp({ path, as: SELF });
    expect(await screen.findByText('Nothing was said yet')).toBeVisible();
    expect(screen.getByText('Nobody waits')).toBeVisible();
    expect(screen.getByText('Nobody is online')).toBeVisible();
    expect(screen.getByText('No ratings yet')).toBeVisible();
  });

  it('says that it could not be read, and tries again', async () => {
    const answers = [refusal(503, 'common.unavailable'), { body: anOverview() }];
    fakeServer({ ...tenant(anOverview()), 'GET /v1/overview': () => answers.shift()! });
    const { person } = renderApp({ path, as: SELF });
    await person.click(await screen.findByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Waiting now')).toBeVisible();
  });

  it('is one of the sections', async () => {
    fakeServer(tenant(anOverview()));
    const { person } = renderApp({ path: '/search', as: SELF });
    await person.click(await screen.findByRole('link', { name: 'Overview' }));
    expect(await screen.findByRole('heading', { name: 'Overview' })).toBeVisible();
  });
});

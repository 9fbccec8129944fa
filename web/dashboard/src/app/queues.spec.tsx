import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { anAgent, at, SELF } from '../test/factories';
import { fakeServer, page, refusal } from '../test/fake-server';
import { renderApp } from '../test/render-app';
import type { FailedJobView, QueuesView } from '../lib/wire';

const QUEUES: QueuesView = {
  items: [
    { name: 'chat', waiting: 3, active: 1, delayed: 0, failed: 2, oldestWaitingMs: 125_000, paused: false },
    { name: 'file', waiting: 0, active: 0, delayed: 0, failed: 0, oldestWaitingMs: null, paused: true },
  ],
  backlog: { overdue: 1_000, oldestOverdueMs: 7_200_000 },
};
const JOB: FailedJobView = {
  id: 'notify-away-1',
  name: 'notify-away',
  failedReason: 'connect ECONNREFUSED',
  attempts: 8,
  failedAt: at(0),
};
const tenant = { 'GET /v1/conversations': () => page([]), 'GET /v1/agents': () => page([SELF]) };
const path = '/settings/queues';

describe('background work', () => {
  it('shows how much waits, for how long, and what is overdue', async () => {
    fakeServer({ ...tenant, 'GET /v1/queues': () => ({ body: QUEUES }) });
    renderApp({ path, as: SELF });
    const [chat, file] = within(await screen.findByRole('list', { name: 'Queues' })).getAllByRole('listitem');
    const figures = (card: HTMLElement) =>
      within(card)
        .getAllByRole('definition')
        .map(({ textContent }) => textContent);
    expect(figures(chat!)).toEqual(['3', '1', '0', '2', '2 min']);
    expect(figures(file!)).toEqual(['0', '0', '0', '0', '–']);
    expect(within(file!).getByText('Paused')).toBeVisible();
    expect(screen.getByText('1,000+')).toBeVisible();
    expect(screen.getByText('2 hr')).toBeVisible();
  });

  it('tries again what was given up, and shows what is left', async () => {
    let failed = [JOB];
    const { requests } = fakeServer({
      ...tenant,
      'GET /v1/queues': () => ({ body: QUEUES }),
      'GET /v1/queues/chat/failed': () => page(failed),
      'POST /v1/queues/chat/failed/notify-away-1/retry': () => {
        failed = [];
        return { status: 204 };
      },
    });
    const { person } = renderApp({ path, as: SELF });
    const toggle = await screen.findByRole('button', { name: 'Failed jobs of chat' });
    expect(toggle).toHaveAttribute('aria-expanded', 'false');
    await person.click(toggle);
    expect(toggle).toHaveAttribute('aria-expanded', 'true');
    expect(await screen.findByText('connect ECONNREFUSED')).toBeVisible();
    expect(screen.getByText(/^Tried 8 times/)).toBeVisible();
    await person.click(screen.getByRole('button', { name: 'Try notify-away again' }));
    expect(await screen.findByText('None of your organization’s.')).toBeVisible();
    expect(screen.getByText('It waits to be done again')).toBeVisible();
    expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('says that somebody else was faster', async () => {
    fakeServer({
      ...tenant,
      'GET /v1/queues': () => ({ body: QUEUES }),
      'GET /v1/queues/chat/failed': () => page([JOB]),
      'POST /v1/queues/chat/failed/notify-away-1/retry': () => refusal(404, 'queue.not_found'),
    });
    const { person } = renderApp({ path, as: SELF });
    await person.click(await screen.findByRole('button', { name: 'Failed jobs of chat' }));
    await person.click(await screen.findByRole('button', { name: 'Try notify-away again' }));
    expect(await screen.findByText('This one is not among the failed ones any more.')).toBeVisible();
  });

  it('loads further failed jobs by the cursor', async () => {
    const older = { ...JOB, id: 'older', failedReason: 'no such mailbox' };
    fakeServer({
      ...tenant,
      'GET /v1/queues': () => ({ body: QUEUES }),
      'GET /v1/queues/chat/failed': ({ query }) =>
        query.get('cursor') === 'next' ? page([older]) : { body: { items: [JOB], nextCursor: 'next' } },
    });
    const { person } = renderApp({ path, as: SELF });
    await person.click(await screen.findByRole('button', { name: 'Failed jobs of chat' }));
    await person.click(await screen.findByRole('button', { name: 'Load more' }));
    expect(await screen.findByText('no such mailbox')).toBeVisible();
    expect(screen.getByText('connect ECONNREFUSED')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Load more' })).not.toBeInTheDocument();
  });

  it('says plainly that Redis is away, and looks again when asked', async () => {
    let isAway = true;
    fakeServer({
      ...tenant,
      'GET /v1/queues': () => (isAway ? refusal(503, 'common.unavailable') : { body: QUEUES }),
    });
    const { person } = renderApp({ path, as: SELF });
    expect(await screen.findByText(/Redis does not answer/)).toBeVisible();
    isAway = false;
    await person.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('list', { name: 'Queues' })).toBeVisible();
  });

  it('keeps the last numbers, with their time, when Redis goes away', async () => {
    let isAway = false;
    fakeServer({
      ...tenant,
      'GET /v1/queues': () => (isAway ? refusal(503, 'common.unavailable') : { body: QUEUES }),
    });
    renderApp({ path, as: SELF });
    await screen.findByRole('list', { name: 'Queues' });
    isAway = true;
    expect(
      await screen.findByText(/Redis does not answer.* The numbers are of/, undefined, { timeout: 15_000 }),
    ).toBeVisible();
    expect(screen.getByRole('list', { name: 'Queues' })).toBeVisible();
  }, 20_000);

  it('is not for agents, who do not find it in the menu either', async () => {
    const { requests } = fakeServer(tenant);
    renderApp({ path, as: anAgent({ role: 'agent' }) });
    expect(await screen.findByText('Not for your role')).toBeVisible();
    expect(screen.queryByRole('link', { name: 'Background work' })).not.toBeInTheDocument();
    expect(requests.some((request) => request.path.startsWith('/v1/queues'))).toBe(false);
  });
});

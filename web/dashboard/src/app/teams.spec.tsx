import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { anAgent, at, SELF } from '../test/factories';
import { fakeServer, page, refusal } from '../test/fake-server';
import { renderApp } from '../test/render-app';
import type { TeamView } from '../lib/wire';

const path = '/settings/teams';
const jihoon = anAgent();

function aTeam(fields: Partial<TeamView> = {}): TeamView {
  return {
    id: 'team-1',
    name: 'Refunds',
    description: 'Within a day',
    agentIds: [jihoon.id],
    createdAt: at(0),
    ...fields,
  };
}

const tenant = (teams: TeamView[]) => ({
  'GET /v1/conversations': () => page([]),
  'GET /v1/agents': () => page([SELF, jihoon]),
  'GET /v1/teams': () => page(teams),
});

describe('teams', () => {
  it('are listed with who belongs to them', async () => {
    fakeServer(tenant([aTeam(), aTeam({ id: 'team-2', name: 'Japanese', description: null, agentIds: [] })]));
    renderApp({ path, as: SELF });
    const list = within(await screen.findByRole('list', { name: 'Teams' }));
    const [refunds, japanese] = list.getAllByRole('listitem');
    expect(within(refunds!).getByText('Within a day')).toBeVisible();
    expect(await within(refunds!).findByText('Jihoon')).toBeVisible();
    expect(within(japanese!).getByText('No agents')).toBeVisible();
  });

  it('are made of agents, and say when their name is taken', async () => {
    const answers = [refusal(409, 'team.name_taken'), { status: 201, body: aTeam() }];
    const { requests } = fakeServer({ ...tenant([]), 'POST /v1/teams': () => answers.shift()! });
    const { person } = renderApp({ path, as: SELF });
    expect(await screen.findByText('No teams yet')).toBeVisible();
    await person.click(screen.getByRole('button', { name: 'New team' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'New team' }));
    await person.click(dialog.getByRole('button', { name: 'Create' }));
    expect(await dialog.findByText('Required')).toBeVisible();
    await person.type(dialog.getByLabelText('Name'), ' Refunds ');
    await person.type(dialog.getByLabelText('Agents'), 'jih');
    await person.click(await screen.findByRole('option', { name: /Jihoon/ }));
    await person.click(dialog.getByRole('button', { name: 'Create' }));
    expect(await dialog.findByText('There is a team of this name already.')).toBeVisible();
    await person.click(dialog.getByRole('button', { name: 'Create' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    const sent = requests.filter(({ method }) => method === 'POST').at(-1)?.body;
    expect(sent).toEqual({ name: 'Refunds', description: null, agentIds: [jihoon.id] });
  });

  it('are changed and deleted', async () => {
    const { requests } = fakeServer({
      ...tenant([aTeam()]),
      'PATCH /v1/teams/team-1': () => ({ body: aTeam({ name: 'Returns' }) }),
      'DELETE /v1/teams/team-1': () => ({ status: 204 }),
    });
    const { person } = renderApp({ path, as: SELF });
    await person.click(await screen.findByRole('button', { name: 'Change Refunds' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Change team' }));
    await waitFor(() => expect(dialog.getByText('Jihoon')).toBeVisible());
    await person.clear(dialog.getByLabelText('Name'));
    await person.type(dialog.getByLabelText('Name'), 'Returns');
    await person.click(dialog.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(requests.find(({ method }) => method === 'PATCH')?.body).toEqual({
      name: 'Returns',
      description: 'Within a day',
      agentIds: [jihoon.id],
    });
    await person.click(screen.getByRole('button', { name: 'Delete Refunds' }));
    const confirm = within(await screen.findByRole('dialog', { name: 'Delete the team Refunds?' }));
    await person.click(confirm.getByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(requests.some(({ method }) => method === 'DELETE')).toBe(true));
  });

  it('can be looked at, and not changed, by those who do not manage them', async () => {
    fakeServer(tenant([aTeam()]));
    renderApp({ path, as: anAgent({ id: 'agent-3' }) });
    expect(await screen.findByText('Refunds')).toBeVisible();
    expect(screen.getByText(/Only an owner or an admin/)).toBeVisible();
    expect(screen.queryByRole('button', { name: /New team|Change|Delete/ })).not.toBeInTheDocument();
  });

  it('say that they could not be read, and try again', async () => {
    const answers = [refusal(500, 'common.internal'), page([aTeam()])];
    fakeServer({ ...tenant([]), 'GET /v1/teams': () => answers.shift()! });
    const { person } = renderApp({ path, as: SELF });
    await person.click(await screen.findByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Refunds')).toBeVisible();
  });
});

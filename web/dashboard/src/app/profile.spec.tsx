import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { startI18n } from '../lib/i18n/i18n';
import type { OwnAgentView } from '../lib/wire';
import { anAgent, SELF } from '../test/factories';
import { fakeServer, page, refusal, type FakeRequest } from '../test/fake-server';
import { renderApp } from '../test/render-app';

const PATCH = 'PATCH /v1/agents/me';
const AVATAR = '/v1/agents/me/avatar';
const tenant = {
  'GET /v1/conversations': () => page([]),
  'GET /v1/environments': () => page([]),
  'GET /v1/agents': () => page([SELF, anAgent()]),
};
/** What is changed is what comes back. */
const changed = ({ body }: FakeRequest) => {
  const { language, timeZone, theme, ...shown } = body as Partial<OwnAgentView & OwnAgentView['preferences']>;
  const named = Object.entries({ language, timeZone, theme }).filter(([, value]) => value !== undefined);
  const preferences = { ...SELF.preferences, ...Object.fromEntries(named) };
  return { body: { ...SELF, ...shown, preferences } };
};

describe('the profile page', () => {
  beforeEach(() => {
    localStorage.clear();
    return startI18n('en');
  });

  const open = (routes: object = {}, as = SELF) => {
    const server = fakeServer({ ...tenant, [PATCH]: changed, ...routes });
    return { ...server, ...renderApp({ path: '/settings/profile', as }) };
  };
  const sent = (requests: FakeRequest[]) =>
    requests
      .filter(({ path, method }) => method === 'PATCH' && path === '/v1/agents/me')
      .map(({ body }) => body);

  it('sets a status from a suggestion, with its end, and clears it', async () => {
    const { person, requests } = open();
    await person.click(await screen.findByRole('button', { name: '🍜 At lunch' }));
    const status = screen.getByRole('heading', { name: 'Status' }).closest('section')!;
    await person.click(within(status).getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(sent(requests)).toHaveLength(1));
    const [body] = sent(requests) as { statusExpiresAt: string }[];
    expect(body).toMatchObject({ statusEmoji: '🍜', statusText: 'At lunch' });
    const minutes = (Date.parse(body!.statusExpiresAt) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(55);
    expect(minutes).toBeLessThanOrEqual(60);
    expect(await within(status).findByRole('combobox', { name: 'Ends' })).toHaveTextContent(/^until /);
    await person.click(within(status).getByRole('button', { name: 'Clear the status' }));
    await waitFor(() => expect(sent(requests)[1]).toEqual({ statusEmoji: null, statusText: null }));
  });

  it('changes the language at once, and keeps it with the agent', async () => {
    const { person, requests } = open();
    await person.click(await screen.findByRole('button', { name: '한국어' }));
    expect(await screen.findByRole('heading', { name: '내 프로필' })).toBeVisible();
    await waitFor(() => expect(sent(requests)).toEqual([{ language: 'ko' }]));
    // Of the field that MUI names, too.
    expect(screen.getByRole('button', { name: '목록 열기' })).toBeVisible();
  });

  it('keeps theme and time zone with the agent', async () => {
    const { person, requests } = open();
    await person.click(await screen.findByRole('button', { name: 'Dark' }));
    expect(document.documentElement).toHaveAttribute('data-theme', 'dark');
    await person.type(screen.getByRole('combobox', { name: 'Time zone' }), 'Tokyo');
    await person.click(await screen.findByRole('option', { name: 'Asia/Tokyo' }));
    await waitFor(() => expect(sent(requests)).toEqual([{ theme: 'dark' }, { timeZone: 'Asia/Tokyo' }]));
  });

  it('takes what the server knows on a new device', async () => {
    const preferences = { language: 'ko', timeZone: null, theme: 'dark' } as const;
    const { requests } = open({}, { ...SELF, preferences });
    expect(await screen.findByRole('heading', { name: '내 프로필' })).toBeVisible();
    expect(document.documentElement).toHaveAttribute('data-theme', 'dark');
    expect(sent(requests)).toEqual([]);
  });

  it('tells the server what was chosen here before', async () => {
    localStorage.setItem('flc.language', 'en');
    const { requests } = open();
    await waitFor(() => expect(sent(requests)).toEqual([{ language: 'en' }]));
  });

  it('uploads a picture, says why one is refused, and removes it', async () => {
    vi.stubGlobal(
      'URL',
      Object.assign(URL, { createObjectURL: () => 'blob:1', revokeObjectURL: () => undefined }),
    );
    let answer = refusal(415, 'files.unsupported_type');
    const { person, requests } = open({
      [`PUT ${AVATAR}`]: () => answer,
      [`DELETE ${AVATAR}`]: () => ({ body: SELF }),
    });
    const input = await screen.findByLabelText('Profile picture');
    await person.upload(input, new File(['x'], 'me.png', { type: 'image/png' }));
    expect(await screen.findByText(/not a picture that can be shown/)).toBeVisible();
    answer = { body: { ...SELF, avatarUrl: 'https://chat.example/v1/avatars/a.webp' } };
    await person.upload(input, new File(['x'], 'me.png', { type: 'image/png' }));
    await person.click(await screen.findByRole('button', { name: 'Remove the picture' }));
    expect(await screen.findByRole('button', { name: 'Upload a picture' })).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Remove the picture' })).not.toBeInTheDocument();
    const form = requests.find(({ method }) => method === 'PUT')?.body as FormData;
    expect((form.get('file') as File).name).toBe('me.png');
  });
});

describe('the team list', () => {
  it('shows what colleagues say of themselves until it ends', async () => {
    const end = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
    const lunch = { statusEmoji: '🍜', statusText: 'At lunch' };
    fakeServer({
      ...tenant,
      'GET /v1/agents': () =>
        page([
          SELF,
          anAgent({ id: 'a', name: 'Mina', ...lunch, statusExpiresAt: end(30) }),
          anAgent({ id: 'b', name: 'Yuna', ...lunch, statusExpiresAt: end(-1) }),
        ]),
    });
    renderApp({ path: '/team', as: SELF });
    expect(await screen.findByText(/🍜 At lunch · until /)).toBeVisible();
    expect(screen.getAllByText(/🍜 At lunch/)).toHaveLength(1);
  });
});

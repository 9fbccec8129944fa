import { act, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startI18n } from '../lib/i18n/i18n';
import type { NotificationSettings } from '../lib/wire';
import { aConversation, anAgent, at, SELF } from '../test/factories';
import { fakeServer, page, refusal, type Answer, type FakeRequest } from '../test/fake-server';
import { renderApp } from '../test/render-app';

const SETTINGS: NotificationSettings = {
  support: 'mine',
  team: 'all',
  push: true,
  email: true,
  sound: true,
  desktop: true,
  quietHours: { enabled: true, from: '22:00', to: '08:00', days: [1, 2] },
};
const PATH = '/v1/agents/me/notifications';
const DEVICES = '/v1/agents/me/push-subscriptions';
const CHROME = 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36';
const DEVICE = { id: 'device-1', createdAt: at(0), userAgent: CHROME };
const tenant = {
  'GET /v1/conversations': () => page([]),
  'GET /v1/environments': () => page([]),
  'GET /v1/agents': () => page([SELF, anAgent()]),
};

describe('the notifications page', () => {
  beforeEach(() => {
    localStorage.clear();
    return startI18n('en');
  });
  afterEach(() => {
    for (const name of ['PushManager', 'Notification']) Reflect.deleteProperty(globalThis, name);
    Reflect.deleteProperty(navigator, 'serviceWorker');
  });

  const open = (routes: object = {}) => {
    const server = fakeServer({
      ...tenant,
      [`GET ${PATH}`]: () => ({ body: SETTINGS }),
      [`GET ${DEVICES}`]: () => page([]),
      [`PATCH ${PATH}`]: ({ body }: FakeRequest) => ({ body: { ...SETTINGS, ...(body as object) } }),
      ...routes,
    });
    return { ...server, ...renderApp({ path: '/settings/notifications', as: SELF }) };
  };
  const changes = (requests: FakeRequest[]) =>
    requests.filter(({ method }) => method === 'PATCH').map(({ body }) => body);

  it('changes what, where and when at once', async () => {
    const { person, requests } = open();
    const support = await screen.findByRole('radiogroup', { name: 'Conversations with users' });
    await person.click(within(support).getByRole('radio', { name: 'Only when I am mentioned' }));
    await person.click(screen.getByRole('switch', { name: 'E-mail' }));
    await person.click(screen.getByRole('button', { name: 'Sun' }));
    await waitFor(() =>
      expect(changes(requests)).toEqual([
        { support: 'mentions' },
        { email: false },
        { quietHours: { ...SETTINGS.quietHours, days: [0, 1, 2] } },
      ]),
    );
  });

  it('keeps what is chosen while a slow line still has the choice before it', async () => {
    const answers: ((answer: Answer) => void)[] = [];
    const { person, requests } = open({
      [`PATCH ${PATH}`]: () => new Promise<Answer>((answer) => answers.push(answer)),
    });
    const mail = await screen.findByRole('switch', { name: 'E-mail' });
    const push = screen.getByRole('switch', { name: 'Push to my devices' });
    await person.click(push);
    await person.click(mail);
    await person.click(push);
    await waitFor(() => expect(answers).toHaveLength(1));
    await act(async () => answers[0]!({ body: { ...SETTINGS, push: false } }));
    await waitFor(() => expect(answers).toHaveLength(2));
    expect([push, mail].map(isChecked)).toEqual([true, false]);
    await act(async () => answers[1]!(refusal(503, 'common.unavailable')));
    await waitFor(() =>
      expect(changes(requests)).toEqual([{ push: false }, { email: false }, { push: true }]),
    );
    expect([push, mail].map(isChecked)).toEqual([true, true]);
  });

  it('goes back to what it was when the server refuses', async () => {
    const { person } = open({ [`PATCH ${PATH}`]: () => refusal(503, 'common.unavailable') });
    const sound = await screen.findByRole('switch', { name: 'Sound in the dashboard' });
    await person.click(sound);
    await waitFor(() => expect(sound).toBeChecked());
    expect(await screen.findByRole('alert')).toBeVisible();
  });

  it('says when the browser cannot get pushes', async () => {
    open();
    expect(await screen.findByText(/This browser cannot get pushes here/)).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Get pushes on this device' })).not.toBeInTheDocument();
  });

  it('says how to allow what was denied', async () => {
    aBrowser({ permission: 'denied' });
    open();
    expect(await screen.findByText(/This browser blocks notifications/)).toBeVisible();
  });

  it('adds this device, and removes it here and at the browser', async () => {
    const { unsubscribe, subscribe } = aBrowser({ permission: 'granted' });
    let devices: object[] = [];
    const { person, requests } = open({
      'GET /v1/push/key': () => ({ body: { publicKey: 'key' } }),
      [`GET ${DEVICES}`]: () => page(devices),
      [`POST ${DEVICES}`]: () => {
        devices = [DEVICE];
        return { status: 201, body: DEVICE };
      },
      [`DELETE ${DEVICES}/${DEVICE.id}`]: () => {
        devices = [];
        return { status: 200 };
      },
    });
    await person.click(await screen.findByRole('button', { name: 'Get pushes on this device' }));
    expect(await screen.findByText('This device')).toBeVisible();
    expect(subscribe).toHaveBeenCalledWith({ userVisibleOnly: true, applicationServerKey: 'key' });
    const posted = requests.find(({ method }) => method === 'POST')?.body;
    expect(posted).toEqual({ endpoint: 'https://push.example/1', keys: { p256dh: 'p', auth: 'a' } });
    unsubscribe.mockClear();
    await person.click(screen.getByRole('button', { name: 'Remove Chrome · Windows' }));
    expect(await screen.findByRole('button', { name: 'Get pushes on this device' })).toBeVisible();
    expect(unsubscribe).toHaveBeenCalledOnce();
  });
});

describe('muting a conversation', () => {
  it('is in its menu, and so is the way back', async () => {
    const conversation = aConversation();
    const path = `/v1/conversations/${conversation.id}`;
    const { requests } = fakeServer({
      ...tenant,
      'GET /v1/conversations': () => page([conversation]),
      [`GET ${path}`]: () => ({ body: conversation }),
      [`PUT ${path}/mute`]: () => ({ body: { ...conversation, mutedUntil: '9999-12-31T00:00:00.000Z' } }),
      [`DELETE ${path}/mute`]: () => ({ body: { ...conversation, mutedUntil: null } }),
    });
    const { person } = renderApp({ path: `/inbox/all/${conversation.id}`, as: SELF });
    const openMenu = async () =>
      person.click(await screen.findByRole('button', { name: 'Conversation menu' }));
    await openMenu();
    await person.click(await screen.findByRole('menuitem', { name: 'Mute until I unmute it' }));
    expect(await screen.findByTitle('Muted')).toBeInTheDocument();
    expect(requests.find(({ method }) => method === 'PUT')?.body).toEqual({ until: null });
    await openMenu();
    await person.click(await screen.findByRole('menuitem', { name: 'Unmute' }));
    await waitFor(() => expect(screen.queryByTitle('Muted')).not.toBeInTheDocument());
  });

  it.each([
    ['as it is', {}],
    ['though more was said since', { headSeq: 1 }],
  ])('is seen when it was done on another device, %s', async (_, told) => {
    const conversation = aConversation({ headSeq: 2 });
    const path = `/v1/conversations/${conversation.id}`;
    fakeServer({
      ...tenant,
      'GET /v1/conversations': () => page([conversation]),
      [`GET ${path}`]: () => ({ body: conversation }),
    });
    const { client } = renderApp({ path: `/inbox/all/${conversation.id}`, as: SELF });
    await screen.findByRole('button', { name: 'Conversation menu' });
    const tell = (mutedUntil: string | null) =>
      act(() =>
        client.emit('conversation:updated', { conversation: { ...conversation, ...told, mutedUntil } }),
      );
    tell('9999-12-31T00:00:00.000Z');
    expect(await screen.findByTitle('Muted')).toBeInTheDocument();
    tell(null);
    await waitFor(() => expect(screen.queryByTitle('Muted')).not.toBeInTheDocument());
  });
});

/** What jsdom has nothing of: a browser that can get pushes. */
function aBrowser({ permission }: { permission: NotificationPermission }) {
  const unsubscribe = vi.fn(() => Promise.resolve(true));
  const subscription = {
    unsubscribe,
    toJSON: () => ({ endpoint: 'https://push.example/1', keys: { p256dh: 'p', auth: 'a' } }),
  };
  const subscribe = vi.fn(() => Promise.resolve(subscription));
  const registration = { pushManager: { subscribe, getSubscription: () => Promise.resolve(subscription) } };
  vi.stubGlobal('PushManager', class {});
  vi.stubGlobal('Notification', { permission, requestPermission: () => Promise.resolve(permission) });
  Object.defineProperty(navigator, 'serviceWorker', {
    configurable: true,
    value: Object.assign(new EventTarget(), {
      register: () => Promise.resolve(registration),
      ready: Promise.resolve(registration),
      getRegistration: () => Promise.resolve(registration),
    }),
  });
  return { subscribe, unsubscribe };
}

function isChecked(element: HTMLElement): boolean {
  return (element as HTMLInputElement).checked;
}

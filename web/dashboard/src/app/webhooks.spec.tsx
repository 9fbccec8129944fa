import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { anAgent, anEnvironment, at, SELF } from '../test/factories';
import { fakeServer, page, refusal, type Answer } from '../test/fake-server';
import { renderApp } from '../test/render-app';
import type { DeliveryAttemptView, WebhookDeliveryDetailView, WebhookView } from '../lib/wire';

const list = '/v1/environments/environment-1/webhooks';
const one = `${list}/webhook-1`;
const listPage = '/settings/environments/environment-1?tab=webhooks';
const onePage = '/settings/environments/environment-1/webhooks/webhook-1';
const tenant = {
  'GET /v1/conversations': () => page([]),
  'GET /v1/environments': () => page([anEnvironment()]),
  'GET /v1/agents': () => page([SELF]),
};

function aWebhook(fields: Partial<WebhookView> = {}): WebhookView {
  return {
    id: 'webhook-1',
    environmentId: 'environment-1',
    name: 'Orders',
    url: 'https://shop.example/hooks',
    description: null,
    events: [],
    isBot: false,
    includesNotes: false,
    status: 'enabled',
    disabledReason: null,
    failingSince: null,
    previousSecretUntil: null,
    createdAt: at(0),
    ...fields,
  };
}

function anAttempt(fields: Partial<DeliveryAttemptView> = {}): DeliveryAttemptView {
  return { at: at(1), status: 200, error: null, durationMs: 48, response: 'ok', ...fields };
}

function aDelivery(fields: Partial<WebhookDeliveryDetailView> = {}): WebhookDeliveryDetailView {
  return {
    id: 'delivery-1',
    type: 'message.created',
    state: 'delivered',
    attempts: [anAttempt()],
    nextAttemptAt: null,
    createdAt: at(1),
    body: '{"type":"message.created"}',
    ...fields,
  };
}

const oneWebhook = (webhook = aWebhook(), deliveries: unknown[] = []) => ({
  ...tenant,
  [`GET ${one}`]: () => ({ body: webhook }),
  [`GET ${one}/deliveries`]: () => page(deliveries),
});

describe('webhooks of an environment', () => {
  it('lists them with what they are told and how they fare', async () => {
    fakeServer({
      ...tenant,
      [`GET ${list}`]: () =>
        page([
          aWebhook({ failingSince: at(0) }),
          aWebhook({ id: 'webhook-2', name: 'CRM', events: ['user.created'], includesNotes: true }),
          aWebhook({ id: 'webhook-3', name: 'Old', isBot: true, status: 'disabled', disabledReason: 'gone' }),
        ]),
    });
    renderApp({ path: listPage, as: SELF });
    const lines = within(await screen.findByRole('list', { name: 'Webhooks' })).getAllByRole('listitem');
    expect(within(lines[0]!).getByText('Failing')).toBeVisible();
    expect(within(lines[0]!).getByText(/Nothing has arrived since/)).toBeVisible();
    expect(within(lines[0]!).getByText('All events')).toBeVisible();
    expect(within(lines[1]!).getByText('user.created')).toBeVisible();
    expect(within(lines[1]!).getByText('Private notes')).toBeVisible();
    expect(within(lines[2]!).getByText(/answered that it is gone/)).toBeVisible();
    expect(within(lines[2]!).getByText('Bot')).toBeVisible();
    expect(within(lines[2]!).queryByText('All events')).not.toBeInTheDocument();
  });

  it('makes one of chosen events and shows its secret once', async () => {
    const { requests } = fakeServer({
      ...tenant,
      [`GET ${list}`]: () => page([]),
      [`POST ${list}`]: () => ({ status: 201, body: { ...aWebhook(), secret: 'whsec_once' } }),
    });
    const { person } = renderApp({ path: listPage, as: SELF });
    expect(await screen.findByText('No webhooks yet')).toBeVisible();
    await person.click(screen.getByRole('button', { name: 'New webhook' }));
    const dialog = await screen.findByRole('dialog', { name: 'New webhook' });
    await person.type(within(dialog).getByLabelText('Address'), ' https://shop.example/hooks ');
    await person.click(within(dialog).getByRole('checkbox', { name: /All events/ }));
    await person.click(within(dialog).getByRole('button', { name: 'Create' }));
    expect(await within(dialog).findByText('Choose at least one event.')).toBeVisible();
    await person.click(within(dialog).getByRole('checkbox', { name: /A message was written/ }));
    await person.click(within(dialog).getByRole('checkbox', { name: /Include private notes/ }));
    expect(within(dialog).getByText(/Private notes leave the dashboard/)).toBeVisible();
    await person.click(within(dialog).getByRole('button', { name: 'Create' }));
    const secret = await screen.findByRole('dialog', { name: 'The webhook is ready' });
    expect(within(secret).getByText('whsec_once')).toBeVisible();
    await person.click(within(secret).getByRole('button', { name: 'I have copied it' }));
    await waitFor(() => expect(screen.queryByText('whsec_once')).not.toBeInTheDocument());
    expect(requests.find(({ method }) => method === 'POST')?.body).toEqual({
      url: 'https://shop.example/hooks',
      description: null,
      events: ['message.created'],
      isBot: false,
      includesNotes: true,
    });
  });

  it('asks nothing about events and notes of a bot', async () => {
    const { requests } = fakeServer({
      ...tenant,
      [`GET ${list}`]: () => page([]),
      [`POST ${list}`]: () => ({ status: 201, body: { ...aWebhook({ isBot: true }), secret: 'whsec_1' } }),
    });
    const { person } = renderApp({ path: listPage, as: SELF });
    await person.click(await screen.findByRole('button', { name: 'New webhook' }));
    await person.type(await screen.findByLabelText('Address'), 'https://shop.example/bot');
    await person.click(screen.getByRole('checkbox', { name: /Include private notes/ }));
    await person.click(screen.getByRole('checkbox', { name: /Is a bot/ }));
    expect(screen.queryByRole('checkbox', { name: /All events/ })).not.toBeInTheDocument();
    await person.click(screen.getByRole('button', { name: 'Create' }));
    await screen.findByText('whsec_1');
    const sent = requests.find(({ method }) => method === 'POST')?.body;
    expect(sent).toMatchObject({ isBot: true, events: [], includesNotes: false });
  });

  it('says at the field what the server refused', async () => {
    const answers: Answer[] = [
      refusal(400, 'webhook.url_refused'),
      { status: 400, body: { code: 'common.validation_failed', message: 'no', details: [{ path: 'name' }] } },
      refusal(409, 'webhook.too_many'),
    ];
    fakeServer({ ...tenant, [`GET ${list}`]: () => page([]), [`POST ${list}`]: () => answers.shift()! });
    const { person } = renderApp({ path: listPage, as: SELF });
    await person.click(await screen.findByRole('button', { name: 'New webhook' }));
    const url = await screen.findByLabelText('Address');
    const create = screen.getByRole('button', { name: 'Create' });
    await person.type(url, 'shop');
    await person.click(create);
    expect(await screen.findByText(/^Enter an address/)).toBeVisible();
    await person.clear(url);
    await person.type(url, 'https://localhost/hooks');
    await person.click(create);
    await waitFor(() => expect(url).toHaveAccessibleDescription(/^This is not taken/));
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    await person.click(create);
    await waitFor(() =>
      expect(screen.getByLabelText('Name')).toHaveAccessibleDescription('The server does not take this.'),
    );
    await person.click(create);
    expect(await screen.findByRole('alert')).toHaveTextContent(/at most 20 webhooks/);
    await person.click(screen.getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(url).not.toBeInTheDocument());
    await person.click(screen.getByRole('button', { name: 'New webhook' }));
    expect(await screen.findByLabelText('Address')).toHaveValue('');
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('is not for agents', async () => {
    const { requests } = fakeServer(tenant);
    renderApp({ path: listPage, as: anAgent({ role: 'agent' }) });
    expect(await screen.findByText('Not for your role')).toBeVisible();
    expect(requests.some((request) => request.path === list)).toBe(false);
  });

  it('says that the list could not be loaded, and tries again', async () => {
    let isBroken = true;
    fakeServer({
      ...tenant,
      [`GET ${list}`]: () => (isBroken ? refusal(500, 'common.internal') : page([])),
    });
    const { person } = renderApp({ path: listPage, as: SELF });
    const retry = await screen.findByRole('button', { name: 'Try again' });
    isBroken = false;
    await person.click(retry);
    expect(await screen.findByText('No webhooks yet')).toBeVisible();
  });
});

describe('one webhook', () => {
  it('is changed, its name staying', async () => {
    const { requests } = fakeServer({ ...oneWebhook(), [`PATCH ${one}`]: () => ({ body: aWebhook() }) });
    const { person } = renderApp({ path: onePage, as: SELF });
    await person.click(await screen.findByRole('button', { name: 'Edit webhook' }));
    const dialog = await screen.findByRole('dialog', { name: 'Edit webhook' });
    const name = within(dialog).getByLabelText('Name');
    await person.clear(name);
    await person.click(within(dialog).getByRole('button', { name: 'Save' }));
    expect(await within(dialog).findByText('Required')).toBeVisible();
    await person.type(name, 'Stock');
    await person.click(within(dialog).getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    expect(requests.find(({ method }) => method === 'PATCH')?.body).toMatchObject({ name: 'Stock' });
  });

  it('is disabled after a question, and enabled without one', async () => {
    let webhook = aWebhook();
    const { requests } = fakeServer({
      ...oneWebhook(),
      [`GET ${one}`]: () => ({ body: webhook }),
      [`PATCH ${one}`]: ({ body }) => {
        const { status } = body as Pick<WebhookView, 'status'>;
        webhook = aWebhook({ status, disabledReason: status === 'disabled' ? 'manual' : null });
        return { body: webhook };
      },
    });
    const { person } = renderApp({ path: onePage, as: SELF });
    await person.click(await screen.findByRole('button', { name: 'Disable' }));
    const question = await screen.findByRole('dialog', { name: 'Disable this webhook?' });
    await person.click(within(question).getByRole('button', { name: 'Disable' }));
    const enable = await screen.findByRole('button', { name: 'Enable', hidden: true });
    expect(screen.getByText('Disabled by hand.')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Send a test', hidden: true })).toBeDisabled();
    await waitFor(() => expect(question).not.toBeInTheDocument());
    await person.click(enable);
    expect(await screen.findByRole('button', { name: 'Disable' })).toBeVisible();
    const sent = requests.filter(({ method }) => method === 'PATCH').map(({ body }) => body);
    expect(sent).toEqual([{ status: 'disabled' }, { status: 'enabled' }]);
  });

  it('gets a new secret, shown once', async () => {
    fakeServer({ ...oneWebhook(), [`POST ${one}/secret`]: () => ({ body: { secret: 'whsec_new' } }) });
    const { person } = renderApp({ path: onePage, as: SELF });
    await person.click(await screen.findByRole('button', { name: 'New secret' }));
    const question = await screen.findByRole('dialog', { name: 'Make a new signing secret?' });
    expect(within(question).getByText(/For 24 hours/)).toBeVisible();
    await person.click(within(question).getByRole('button', { name: 'New secret' }));
    const secret = await screen.findByRole('dialog', { name: 'Signing secret' });
    expect(within(secret).getByText('whsec_new')).toBeVisible();
    await person.click(within(secret).getByRole('button', { name: 'I have copied it' }));
    await waitFor(() => expect(screen.queryByText('whsec_new')).not.toBeInTheDocument());
  });

  it('is deleted after a question, and the list shown', async () => {
    fakeServer({
      ...oneWebhook(),
      [`GET ${list}`]: () => page([]),
      [`DELETE ${one}`]: () => ({ status: 204 }),
    });
    const { person, router } = renderApp({ path: onePage, as: SELF });
    await person.click(await screen.findByRole('button', { name: 'Delete' }));
    const question = await screen.findByRole('dialog', { name: 'Delete Orders?' });
    await person.click(within(question).getByRole('button', { name: 'Delete' }));
    expect(await screen.findByText('No webhooks yet')).toBeVisible();
    expect(router.state.location.search).toBe('?tab=webhooks');
  });

  it('shows what came of a test, as soon as something came of it', async () => {
    const answers = [
      aDelivery({ type: 'webhook.test', state: 'pending', attempts: [] }),
      aDelivery({ type: 'webhook.test' }),
    ];
    fakeServer({
      ...oneWebhook(),
      [`POST ${one}/test`]: () => ({ status: 202, body: { id: 'delivery-1' } }),
      [`GET ${one}/deliveries/delivery-1`]: () => ({
        body: answers.length > 1 ? answers.shift() : answers[0],
      }),
    });
    const { person } = renderApp({ path: onePage, as: SELF });
    await person.click(await screen.findByRole('button', { name: 'Send a test' }));
    expect(await screen.findByText('Sent. Waiting for the answer…')).toBeVisible();
    expect(
      await screen.findByText('It arrived: Answered 200 · 48 ms', undefined, { timeout: 10_000 }),
    ).toBeVisible();
  }, 20_000);

  it('says why a test did not arrive', async () => {
    const failed = anAttempt({ status: null, error: 'timeout', durationMs: 15_000, response: null });
    fakeServer({
      ...oneWebhook(),
      [`POST ${one}/test`]: () => ({ status: 202, body: { id: 'delivery-1' } }),
      [`GET ${one}/deliveries/delivery-1`]: () => ({
        body: aDelivery({ state: 'pending', attempts: [failed] }),
      }),
    });
    const { person } = renderApp({ path: onePage, as: SELF });
    await person.click(await screen.findByRole('button', { name: 'Send a test' }));
    expect(await screen.findByText('It did not arrive: no answer in time · 15,000 ms')).toBeVisible();
  });

  it('does not exist for whoever asks for another', async () => {
    fakeServer({ ...tenant, [`GET ${one}`]: () => refusal(404, 'webhook.not_found') });
    renderApp({ path: onePage, as: SELF });
    expect(await screen.findByText('This does not exist, or you may not see it.')).toBeVisible();
  });

  it('is not for agents', async () => {
    const { requests } = fakeServer(tenant);
    renderApp({ path: onePage, as: anAgent({ role: 'agent' }) });
    expect(await screen.findByText('Not for your role')).toBeVisible();
    expect(requests.some((request) => request.path === one)).toBe(false);
  });
});

describe('the ledger of a webhook', () => {
  it('is filtered by state and type, and read on by the cursor', async () => {
    const older = aDelivery({ id: 'delivery-2', type: 'user.created', state: 'failed' });
    const { requests } = fakeServer({
      ...oneWebhook(),
      [`GET ${one}/deliveries`]: ({ query }) => {
        if (query.get('state')) return page([]);
        return query.get('cursor') === 'next'
          ? page([older])
          : { body: { items: [aDelivery()], nextCursor: 'next' } };
      },
    });
    const { person } = renderApp({ path: onePage, as: SELF });
    await person.click(await screen.findByRole('button', { name: 'Load more' }));
    const ledger = screen.getByRole('list', { name: 'Deliveries' });
    expect(
      await within(ledger).findByRole('button', { name: /Failed.*user\.created.*1 attempt/ }),
    ).toBeVisible();
    expect(within(ledger).getAllByRole('listitem')).toHaveLength(2);
    await person.click(screen.getByRole('combobox', { name: 'State' }));
    await person.click(await screen.findByRole('option', { name: 'Pending' }));
    expect(await screen.findByText('Nothing fits the filter.')).toBeVisible();
    await person.click(screen.getByRole('combobox', { name: 'Type' }));
    await person.click(await screen.findByRole('option', { name: 'user.erased' }));
    await waitFor(() =>
      expect(Object.fromEntries(requests.at(-1)!.query)).toMatchObject({
        state: 'pending',
        type: 'user.erased',
      }),
    );
  });

  it('opens one with its body and tries, and tells it again', async () => {
    let delivery = aDelivery({
      state: 'failed',
      attempts: [anAttempt({ status: 500, error: 'status', durationMs: 1_200, response: 'out of order' })],
    });
    fakeServer({
      ...oneWebhook(),
      [`GET ${one}/deliveries`]: () => page([delivery]),
      [`GET ${one}/deliveries/delivery-1`]: () => ({ body: delivery }),
      [`POST ${one}/deliveries/delivery-1/replay`]: () => {
        const answered = anAttempt({ at: at(9), response: 'thanks' });
        delivery = { ...delivery, state: 'delivered', attempts: [...delivery.attempts, answered] };
        return { status: 202, body: { id: 'delivery-1' } };
      },
    });
    const { person } = renderApp({ path: onePage, as: SELF });
    await person.click(await screen.findByRole('button', { name: /Failed.*message\.created/ }));
    const dialog = await screen.findByRole('dialog', { name: 'Delivery' });
    expect(await within(dialog).findByText('out of order')).toBeVisible();
    expect(
      within(dialog).getByText('Answered 500 · not accepted (only 2xx counts) · 1,200 ms'),
    ).toBeVisible();
    expect(within(dialog).getByText(/"type": "message.created"/)).toBeVisible();
    await person.click(within(dialog).getByRole('button', { name: 'Replay' }));
    expect(await within(dialog).findByText('thanks')).toBeVisible();
    expect(within(dialog).getByRole('status')).toHaveTextContent('Delivered');
    await person.keyboard('{Escape}');
    expect(await screen.findByRole('button', { name: /Delivered.*2 attempts/ })).toBeVisible();
  });

  it('tells nothing again to a disabled webhook, and says why', async () => {
    fakeServer({
      ...oneWebhook(aWebhook({ status: 'disabled', disabledReason: 'failing' }), [aDelivery()]),
      [`GET ${one}/deliveries/delivery-1`]: () => ({ body: aDelivery() }),
    });
    const { person } = renderApp({ path: onePage, as: SELF });
    await person.click(await screen.findByRole('button', { name: /Delivered.*message\.created/ }));
    const dialog = await screen.findByRole('dialog', { name: 'Delivery' });
    await within(dialog).findByText('ok');
    const replay = within(dialog).getByRole('button', { name: 'Replay' });
    expect(replay).toBeDisabled();
    await person.hover(replay.parentElement!);
    expect(await screen.findByText('This webhook is disabled. Enable it first.')).toBeVisible();
  });
});

import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { AgentView } from '../lib/wire';
import { anAgent, anEnvironment, SELF } from '../test/factories';
import { fakeServer, page, refusal, type FakeRequest } from '../test/fake-server';
import { renderApp } from '../test/render-app';

const ENVIRONMENT = anEnvironment();
const path = '/v1/environments/environment-1';
const tenant = {
  'GET /v1/conversations': () => page([]),
  'GET /v1/environments': () => page([ENVIRONMENT]),
  'GET /v1/agents': () => page([SELF, anAgent()]),
  [`PATCH ${path}`]: () => ({ body: ENVIRONMENT }),
};
const open = (tab: string, as: AgentView = SELF) =>
  renderApp({ path: `/settings/environments/environment-1?tab=${tab}`, as });
const sentSettings = (requests: FakeRequest[]) =>
  (requests.find(({ method }) => method === 'PATCH')?.body as { settings: object } | undefined)?.settings;

describe('settings of the widget', () => {
  it('shows at once what visitors will see, in each language of theirs', async () => {
    fakeServer(tenant);
    const { person } = open('widget');
    const preview = within(await screen.findByRole('region', { name: 'Preview' }));
    expect(preview.getByText('Hi')).toBeVisible();
    const greeting = screen.getByLabelText('Greeting in English');
    await person.clear(greeting);
    await person.type(greeting, 'Good evening');
    expect(preview.getByText('Good evening')).toBeVisible();
    await person.click(preview.getByRole('button', { name: '日本語' }));
    expect(preview.getByText('こんにちは')).toBeVisible();
    expect(preview.queryByText('送信')).not.toBeInTheDocument();
    await person.click(screen.getByRole('switch', { name: /Ask for consent/ }));
    expect(preview.getByText('同意します。')).toBeVisible();
    expect(preview.getByText('送信')).toBeVisible();
  });

  it('sends what was chosen, and nothing for what was left empty', async () => {
    const { requests } = fakeServer(tenant);
    const { person } = open('widget');
    await person.click(await screen.findByRole('radio', { name: 'Dark' }));
    await person.type(screen.getByLabelText('Text on the button'), ' Ask us ');
    const bottom = screen.getByLabelText('From the bottom');
    await person.clear(bottom);
    await person.type(bottom, '96');
    await person.click(screen.getByLabelText('Usual reply time'));
    await person.click(await screen.findByRole('option', { name: 'Within minutes' }));
    await person.click(screen.getByRole('switch', { name: /Ask who they are/ }));
    await person.click(screen.getByLabelText('E-mail'));
    await person.click(await screen.findByRole('option', { name: 'Required' }));
    await person.click(screen.getByRole('switch', { name: /Ask for a rating/ }));
    await person.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Saved')).toBeVisible();
    const { widget } = ENVIRONMENT.settings;
    expect(sentSettings(requests)).toEqual({
      widget: {
        ...widget,
        theme: 'dark',
        launcherText: 'Ask us',
        spacing: { side: 20, bottom: 96 },
        replyTime: 'minutes',
        askRating: false,
        preChat: { enabled: true, fields: [{ key: 'email', required: true }] },
      },
    });
  });

  it('refuses a space without an end, and a policy that is no https address', async () => {
    const { requests } = fakeServer(tenant);
    const { person } = open('widget');
    await person.type(await screen.findByLabelText('From the side'), '00');
    await person.click(screen.getByRole('switch', { name: /Ask for consent/ }));
    await person.type(screen.getByLabelText('Address of the privacy policy'), 'javascript:alert(1)');
    await person.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Enter a whole number from 0 to 200.')).toBeVisible();
    expect(screen.getByText('Enter an address that begins with https://.')).toBeVisible();
    expect(sentSettings(requests)).toBeUndefined();
  });

  it('lets an agent look only', async () => {
    fakeServer(tenant);
    open('widget', anAgent({ role: 'agent' }));
    expect(await screen.findByLabelText('Heading')).toBeDisabled();
    expect(screen.getByRole('switch', { name: /Ask for a rating/ })).toBeDisabled();
    expect(screen.queryByRole('button', { name: 'Save' })).not.toBeInTheDocument();
  });
});

describe('office hours', () => {
  it('are a table of the week, with holidays', async () => {
    const { requests } = fakeServer(tenant);
    const { person } = open('hours');
    await person.click(await screen.findByRole('switch', { name: 'Have office hours' }));
    await person.click(screen.getByRole('button', { name: 'Weekdays like Monday' }));
    await person.click(screen.getByRole('button', { name: 'Remove 09:00 to 18:00 on Wed' }));
    await person.click(screen.getByRole('button', { name: 'Add hours on Sat' }));
    fireEvent.change(screen.getByLabelText('Sat, to'), { target: { value: '02:00' } });
    expect(screen.getByText('Until the next day')).toBeVisible();
    await person.type(screen.getByLabelText('Day'), '2026-12-25');
    await person.click(screen.getByRole('button', { name: 'Add' }));
    expect(screen.getByText('Dec 25, 2026')).toBeVisible();
    await person.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Saved')).toBeVisible();
    const usual = { from: '09:00', to: '18:00' };
    expect(sentSettings(requests)).toEqual({
      officeHours: {
        enabled: true,
        timeZone: 'Asia/Seoul',
        weekly: [...[1, 2, 4, 5].map((day) => ({ day, ...usual })), { day: 6, from: '09:00', to: '02:00' }],
        holidays: ['2026-12-25'],
      },
    });
  });

  it('stay as they are when the server refuses them, and say so', async () => {
    fakeServer({ ...tenant, [`PATCH ${path}`]: () => refusal(503, 'common.unavailable') });
    const { person } = open('hours');
    await person.click(await screen.findByRole('switch', { name: 'Have office hours' }));
    await person.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('briefly unavailable');
    expect(screen.getByRole('switch', { name: 'Have office hours' })).toBeChecked();
  });
});

describe('identity verification', () => {
  it('shows how a server makes the proof, in its language', async () => {
    fakeServer(tenant);
    const { person } = open('security');
    expect(await screen.findByText(/createHmac/)).toBeVisible();
    await person.click(screen.getByRole('tab', { name: 'Python' }));
    expect(screen.getByText(/hmac\.new/)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Copy: On your server, in Python' })).toBeVisible();
  });
});

import { ChatError } from '@fast-light-chat/sdk';
import { act, fireEvent, screen, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Chat, write } from '../../../test/chat.js';
import { FakeUpload } from '../../../test/fake-upload.js';
import { aConversation, aMessage } from '../../../test/fixtures.js';

let chat: Chat;

beforeEach(() => {
  chat = new Chat();
});

describe('files', () => {
  const picture = new File(['123'], 'cup.png', { type: 'image/png' });
  const bill = new File(['1234'], 'bill.pdf', { type: 'application/pdf' });
  const arrived = (id: string, name: string) => ({ id, name, mimeType: 'image/png', size: 3, url: `/${id}` });
  const CUP = arrived('f1', 'cup.png');

  beforeEach(() => {
    FakeUpload.all = [];
    vi.stubGlobal('XMLHttpRequest', FakeUpload);
    URL.createObjectURL = () => 'blob:made';
    URL.revokeObjectURL = () => undefined;
  });
  afterEach(() => vi.unstubAllGlobals());

  async function attach(...files: File[]): Promise<FakeUpload> {
    const before = FakeUpload.all.length;
    await act(() => void fireEvent.change(screen.getByLabelText('Attach files'), { target: { files } }));
    await vi.waitFor(() => expect(FakeUpload.all.length).toBeGreaterThan(before));
    return FakeUpload.all[before]!;
  }

  const press = (name: string) => act(() => void fireEvent.click(screen.getByRole('button', { name })));
  const refusal = (code: string) => ({ code, message: code, requestId: 'r' });

  it('are shown before they are sent, and leave with the message', async () => {
    const handle = await chat.openLoaded([aMessage({ seq: 1 })]);
    const upload = await attach(picture);
    expect(screen.getByRole('list', { name: 'Files' }).querySelector('img')?.src).toBe('blob:made');
    await act(() => upload.progress(1, 2));
    expect(screen.getByRole('progressbar', { name: 'Uploading cup.png' })).toHaveProperty('value', 0.5);
    expect(screen.getByText('Uploading files: 1 to go').getAttribute('role')).toBe('status');
    await act(() => upload.answer(201, CUP));
    expect(upload.headers).toMatchObject({ 'x-plugin-key': 'pk', 'x-user-token': 't1' });
    await write('Look');
    expect(handle.sent).toEqual([{ content: 'Look', attachments: [CUP] }]);
    expect(screen.queryByRole('list', { name: 'Files' })).toBeNull();
    expect(screen.getByRole('link', { name: /cup\.png/ })).toBeTruthy();
  });

  it('may be sent before they have arrived; what is written after them follows them', async () => {
    const handle = await chat.openLoaded([aMessage({ seq: 1 })]);
    const upload = await attach(picture);
    await write('Look');
    await write('And this');
    expect(handle.sent).toEqual([]);
    expect(screen.getByText('Look')).toBeTruthy();
    expect(screen.getByText('Will be sent when the files are there')).toBeTruthy();
    await act(() => upload.answer(201, CUP));
    await vi.waitFor(() =>
      expect(handle.sent).toEqual([{ content: 'Look', attachments: [CUP] }, { content: 'And this' }]),
    );
  });

  it('that broke off on the way are tried again, with the message', async () => {
    const handle = await chat.openLoaded([aMessage({ seq: 1 })]);
    const upload = await attach(picture);
    await write('Look');
    await act(() => upload.breakOff());
    await write('Without a file');
    expect(handle.sent).toEqual([{ content: 'Without a file' }]);
    await press('Try again');
    await vi.waitFor(() => expect(FakeUpload.all).toHaveLength(2));
    await act(() => FakeUpload.all[1]!.answer(201, CUP));
    await vi.waitFor(() => expect(handle.sent[1]).toEqual({ content: 'Look', attachments: [CUP] }));
  });

  it('are uploaded once, however often their message is sent', async () => {
    const handle = await chat.openLoaded([aMessage({ seq: 1 })]);
    const upload = await attach(picture);
    await act(() => upload.answer(201, CUP));
    await write('Bad word');
    const error = new ChatError({ code: 'chat.message_refused' });
    await act(() => handle.apply({ type: 'refused', clientMessageId: 'x1', error }));
    await press('Edit');
    await write('Good word');
    expect(handle.sent[1]).toEqual({ content: 'Good word', attachments: [CUP] });
    expect(FakeUpload.all).toHaveLength(1);
  });

  it.each([
    [413, 'common.payload_too_large', 'This file is too large.', false],
    [415, 'files.unsupported_type', 'Files of this type cannot be sent.', false],
    [429, 'common.rate_limited', 'Too many files. Please try again later.', true],
    [403, 'chat.blocked', 'You can no longer write here.', true],
    [503, 'common.unavailable', 'This could not be uploaded.', true],
  ])('that are refused say why: %s', async (status, code, text, mayRetry) => {
    await chat.openLoaded([aMessage({ seq: 1 })]);
    const upload = await attach(picture);
    await act(() => void fireEvent.input(screen.getByRole('textbox'), { target: { value: 'Kept' } }));
    await act(() => upload.answer(status, refusal(code)));
    await vi.waitFor(() => expect(screen.getByRole('alert').textContent).toBe(text));
    expect(screen.queryByRole('button', { name: 'Try cup.png again' }) !== null).toBe(mayRetry);
    expect(screen.getByRole('button', { name: 'Send' })).toHaveProperty('disabled', true);
    expect(screen.getByText(/then the message can be sent/)).toBeTruthy();
    await press('Remove cup.png');
    expect(screen.queryByText(/then the message can be sent/)).toBeNull();
    expect(screen.getByRole('textbox')).toHaveProperty('value', 'Kept');
    expect(screen.getByRole('button', { name: 'Send' })).toHaveProperty('disabled', false);
  });

  it('say when the line was lost, and are tried again', async () => {
    await chat.openLoaded([aMessage({ seq: 1 })]);
    const upload = await attach(picture);
    await act(() => upload.breakOff());
    await vi.waitFor(() => expect(screen.getByRole('alert').textContent).toBe('The connection was lost.'));
    await press('Try cup.png again');
    await vi.waitFor(() => expect(FakeUpload.all).toHaveLength(2));
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('can be stopped on their way', async () => {
    await chat.openLoaded([aMessage({ seq: 1 })]);
    const upload = await attach(picture);
    await press('Remove cup.png');
    expect(upload.isAborted).toBe(true);
    expect(screen.queryByText('cup.png')).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole('textbox'));
  });

  it('are taken from the clipboard and by dropping them, ten at most', async () => {
    await chat.openLoaded([aMessage({ seq: 1 })]);
    await act(
      () => void fireEvent.paste(screen.getByRole('textbox'), { clipboardData: { files: [picture] } }),
    );
    const dataTransfer = { types: ['Files'], files: Array.from({ length: 10 }, () => bill) };
    await act(() => void fireEvent.dragOver(document, { dataTransfer }));
    expect(screen.getByText('Drop the files here')).toBeTruthy();
    await act(() => void fireEvent.drop(document, { dataTransfer }));
    expect(screen.queryByText('Drop the files here')).toBeNull();
    expect(within(screen.getByRole('list', { name: 'Files' })).getAllByRole('listitem')).toHaveLength(10);
    expect(screen.getByRole('alert').textContent).toBe('A message can have at most 10 files.');
  });

  it('may begin a conversation', async () => {
    await chat.open();
    chat.client.answer = () => Promise.resolve({ conversation: aConversation({ headSeq: 1 }) });
    const upload = await attach(picture);
    await write('');
    await act(() => upload.answer(201, CUP));
    await vi.waitFor(() =>
      expect(chat.client.calls[0]?.request).toMatchObject({
        message: { content: '', attachmentIds: ['f1'] },
      }),
    );
  });
});

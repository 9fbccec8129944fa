import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { aMessage, SELF } from '../test/factories';
import { field, openWith } from '../test/open-conversation';

/** Stands for the way up; the test says how far it has come. */
class FakeUpload {
  static all: FakeUpload[] = [];
  status = 0;
  responseText = '';
  isAborted = false;
  upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
  onload?: () => void;
  onloadend?: () => void;
  onabort?: () => void;

  constructor() {
    FakeUpload.all.push(this);
  }

  open(): void {}
  setRequestHeader(): void {}
  send(): void {}

  abort(): void {
    this.isAborted = true;
    this.onabort?.();
  }

  answer(status: number, body: object): void {
    Object.assign(this, { status, responseText: JSON.stringify(body) });
    this.onload?.();
    this.onloadend?.();
  }
}

describe('files that are sent', () => {
  const picture = new File(['123'], 'cup.png', { type: 'image/png' });
  const attach = async (person: UserEvent, file: File) => {
    const before = FakeUpload.all.length;
    await person.upload(screen.getByLabelText('Attach files', { selector: 'input' }), file);
    await waitFor(() => expect(FakeUpload.all).toHaveLength(before + 1));
    return FakeUpload.all.at(-1)!;
  };

  beforeEach(() => {
    FakeUpload.all = [];
    vi.stubGlobal('XMLHttpRequest', FakeUpload);
  });

  it('leave with the message once they have arrived', async () => {
    const { person, talk } = await openWith([aMessage()]);
    const upload = await attach(person, picture);
    await person.type(field(), 'Look');
    act(() => upload.upload.onprogress?.({ loaded: 1, total: 2 }));
    expect(screen.getByRole('progressbar', { name: 'Uploading cup.png' })).toHaveAttribute(
      'aria-valuenow',
      '50',
    );
    expect(screen.getByRole('button', { name: 'Send' })).toBeDisabled();
    await act(async () => upload.answer(201, { id: 'f1', name: 'cup.png' }));
    await person.click(screen.getByRole('button', { name: 'Send' }));
    expect(talk.sent).toEqual([
      { content: 'Look', private: false, attachments: [{ id: 'f1', name: 'cup.png' }] },
    ]);
    expect(screen.queryByRole('list', { name: 'Files' })).toBeNull();
  });

  it('are taken from the clipboard, and may go without a word', async () => {
    const { person, talk } = await openWith([aMessage()]);
    fireEvent.paste(field(), { clipboardData: { files: [picture] } });
    await waitFor(() => expect(FakeUpload.all).toHaveLength(1));
    await act(async () => FakeUpload.all[0]!.answer(201, { id: 'f1', name: 'cup.png' }));
    await person.click(screen.getByRole('button', { name: 'Send' }));
    expect(talk.sent).toEqual([
      { content: '', private: false, attachments: [{ id: 'f1', name: 'cup.png' }] },
    ]);
  });

  it('say why they were refused, and can be tried again', async () => {
    const { person } = await openWith([aMessage()]);
    const upload = await attach(person, picture);
    const refusal = { code: 'files.unsupported_type', message: 'no', requestId: 'r' };
    await act(async () => upload.answer(415, refusal));
    expect(await screen.findByText('Files of this type cannot be sent.')).toBeVisible();
    await person.click(screen.getByRole('button', { name: 'Try cup.png again' }));
    await waitFor(() => expect(FakeUpload.all).toHaveLength(2));
    expect(screen.queryByText('Files of this type cannot be sent.')).toBeNull();
  });

  it('can be stopped on their way', async () => {
    const { person } = await openWith([aMessage()]);
    const upload = await attach(person, picture);
    await person.click(screen.getByRole('button', { name: 'Remove cup.png' }));
    expect(upload.isAborted).toBe(true);
    expect(screen.queryByText('cup.png')).toBeNull();
  });
});

describe('files of a message', () => {
  it('are pictures, or rows with name and size', async () => {
    const picture = { id: 'f1', name: 'cup.png', mimeType: 'image/png', size: 9, url: '/f1' };
    const attachments = [
      { ...picture, thumbnailUrl: '/t1', width: 400, height: 300 },
      { id: 'f2', name: 'bill.pdf', mimeType: 'application/pdf', size: 1_400_000, url: '/f2' },
    ];
    const { row } = await openWith([aMessage({ attachments })]);
    expect(row(0).getByRole('link', { name: 'Attachment: cup.png' })).toHaveAttribute('href', '/f1');
    expect(row(0).getByRole('link', { name: 'Attachment: bill.pdf' })).toHaveTextContent('1.4 MB');
  });

  describe('when the page stays open for longer than their links live', () => {
    const LIFE_MS = 600_000;
    const linkTo = (id: string, variant = 'original') =>
      `https://chat.example/v1/files/${id}/content?variant=${variant}&expires=${Date.now() + LIFE_MS}`;
    const pictureNow = (id: string) => ({
      ...{ id, name: 'cup.png', mimeType: 'image/png', size: 9, width: 400, height: 300 },
      ...{ url: linkTo(id), thumbnailUrl: linkTo(id, 'thumbnail') },
    });
    const billNow = (id: string) => ({
      ...{ id, name: 'bill.pdf', mimeType: 'application/pdf', size: 1_400_000 },
      url: linkTo(id),
    });
    const renewals = (requests: { path: string }[]) =>
      requests.map(({ path }) => path).filter((path) => path.startsWith('/v1/files/'));

    beforeEach(() => {
      vi.useFakeTimers({ toFake: ['Date'] });
      return () => vi.useRealTimers();
    });

    it('shows a picture that failed to load by a fresh link, and tries that once', async () => {
      const { row, requests } = await openWith([aMessage({ attachments: [pictureNow('p1')] })], SELF, '', {
        'GET /v1/files/p1': () => ({ body: pictureNow('p1') }),
      });
      const picture = () => row(0).getByRole('link').querySelector('img')!;
      vi.setSystemTime(Date.now() + LIFE_MS + 1_000);
      fireEvent.error(picture());
      await waitFor(() => expect(picture()).toHaveAttribute('src', linkTo('p1', 'thumbnail')));
      expect(row(0).getByRole('link')).toHaveAttribute('href', linkTo('p1'));
      for (let times = 0; times < 3; times++) fireEvent.error(picture());
      expect(renewals(requests)).toEqual(['/v1/files/p1']);
    });

    it('plays sound and goes on by a fresh link where the old one ended', async () => {
      const songNow = () => ({ ...billNow('s1'), name: 'call.mp3', mimeType: 'audio/mpeg' });
      const { row } = await openWith([aMessage({ attachments: [songNow()] })], SELF, '', {
        'GET /v1/files/s1': () => ({ body: songNow() }),
      });
      const player = () => row(0).getByLabelText<HTMLAudioElement>('call.mp3');
      expect(player().tagName).toBe('AUDIO');
      expect(row(0).getByRole('link', { name: 'Attachment: call.mp3' })).toBeVisible();
      player().currentTime = 42;
      vi.setSystemTime(Date.now() + LIFE_MS + 1_000);
      fireEvent.error(player());
      await waitFor(() => expect(player()).toHaveAttribute('src', linkTo('s1')));
      player().currentTime = 0;
      fireEvent.loadedMetadata(player());
      expect(player().currentTime).toBe(42);
    });

    it('opens a file by a fresh link', async () => {
      const { row, requests } = await openWith([aMessage({ attachments: [billNow('b1')] })], SELF, '', {
        'GET /v1/files/b1': () => ({ body: billNow('b1') }),
      });
      const link = row(0).getByRole('link', { name: 'Attachment: bill.pdf' });
      const opened: string[] = [];
      const note = (event: MouseEvent) => {
        if (!event.defaultPrevented) opened.push((event.target as Element).closest('a')!.href);
        event.preventDefault();
      };
      window.addEventListener('click', note);
      fireEvent.click(link);
      expect(opened).toEqual([linkTo('b1')]);
      vi.setSystemTime(Date.now() + LIFE_MS);
      fireEvent.click(link);
      await waitFor(() => expect(opened).toHaveLength(2));
      expect(opened[1]).toBe(linkTo('b1'));
      expect(renewals(requests)).toEqual(['/v1/files/b1']);
      window.removeEventListener('click', note);
    });

    it('says so when a file is gone', async () => {
      const { row } = await openWith([aMessage({ attachments: [billNow('b2')] })]);
      vi.setSystemTime(Date.now() + LIFE_MS);
      fireEvent.click(row(0).getByRole('link', { name: 'Attachment: bill.pdf' }));
      expect(await screen.findByRole('alert')).toHaveTextContent('This does not exist');
    });
  });
});

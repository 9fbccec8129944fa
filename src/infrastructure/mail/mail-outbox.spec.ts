import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { MailOutbox } from './mail-outbox.js';

describe(MailOutbox.name, () => {
  const directory = mkdtempSync(join(tmpdir(), 'mail-outbox-'));
  const outbox = new MailOutbox(join(directory, 'outbox'), 'Chat <chat@shop.example>');
  const mail = { to: 'kim@shop.example', subject: 'Hello', text: 'Hello', html: '<p>Hello</p>' };

  afterAll(() => rmSync(directory, { recursive: true }));

  it('is empty before the first mail', async () => {
    expect(await outbox.list()).toEqual([]);
  });

  it('keeps a repeated mail once', async () => {
    await outbox.send({ ...mail, messageId: '<one@shop.example>' });
    await outbox.send({ ...mail, messageId: '<one@shop.example>' });
    await outbox.send({ ...mail, subject: 'Another' });
    const kept = await outbox.list();
    expect(kept.map(({ subject }) => subject).sort()).toEqual(['Another', 'Hello']);
    expect(await outbox.find(kept[0]?.id ?? '')).toEqual(kept[0]);
  });

  it('opens nothing but mails', async () => {
    for (const id of ['../../package', 'none', '', 'a/b']) expect(await outbox.find(id)).toBeNull();
  });
});

import { describe, expect, it } from '@jest/globals';
import type { Attachment } from '../file/file.js';
import { aMessage } from './fakes/factories.fake.js';
import { hashBody, previewOf, toMessageView } from './message.js';

const said = {
  content: 'hello',
  attachmentIds: [] as string[],
  mentions: [],
  mentionsAll: false,
  threadRootId: null,
  alsoInConversation: false,
  replyToId: null,
  private: false,
  metadata: { a: 1, deep: { x: [1, { p: 1, q: 2 }], y: null } },
};

describe(hashBody.name, () => {
  it('is the same whatever the order of keys in metadata', () => {
    const metadata = { deep: { y: null, x: [1, { q: 2, p: 1 }] }, a: 1 };
    expect(hashBody({ ...said, metadata })).toBe(hashBody(said));
  });

  it('differs in everything that is said', () => {
    const others = [
      { content: 'hello ' },
      { attachmentIds: ['f1'] },
      { mentions: [{ type: 'agent' as const, id: 'a' }] },
      { mentionsAll: true },
      { threadRootId: 'm1' },
      { threadRootId: 'm1', alsoInConversation: true },
      { replyToId: 'm1' },
      { private: true },
      { metadata: {} },
      { metadata: { ...said.metadata, a: '1' } },
      { metadata: { ...said.metadata, deep: { x: [{ p: 1, q: 2 }, 1], y: null } } },
    ];
    const hashes = [said, ...others.map((other) => ({ ...said, ...other }))].map(hashBody);
    expect(new Set(hashes).size).toBe(others.length + 1);
  });
});

describe(previewOf.name, () => {
  it('leaves short texts alone', () => expect(previewOf('안녕하세요')).toBe('안녕하세요'));

  it('cuts at two hundred', () => expect(previewOf('가'.repeat(300))).toBe('가'.repeat(200)));

  it('never cuts a character in half', () => {
    expect(previewOf(`${'x'.repeat(199)}😀😀`)).toBe('x'.repeat(199));
    expect(previewOf(`${'x'.repeat(198)}😀😀`)).toBe(`${'x'.repeat(198)}😀`);
  });
});

describe(toMessageView.name, () => {
  const linked = (file: Attachment) => ({ ...file, url: `/files/${file.id}` });

  it('links the files in the way it is told', () => {
    const file = { id: 'f', name: 'a.png', mimeType: 'image/png', size: 1 };
    const { attachments } = toMessageView(aMessage({ attachments: [file] }), linked);
    expect(attachments).toEqual([{ ...file, url: '/files/f' }]);
  });

  it('leaves nothing of what was said in a tombstone, and keeps its place', () => {
    const file = { id: 'f', name: 'a.png', mimeType: 'image/png', size: 1 };
    const deleted = aMessage({
      seq: 7,
      content: 'secret',
      attachments: [file],
      mentions: [{ type: 'agent', id: 'a' }],
      metadata: { order: 'A-1' },
      deletedAt: new Date(0),
    });
    const view = toMessageView(deleted, linked);
    expect(view).toMatchObject({ seq: 7, content: '', attachments: [], mentions: [] });
    expect(view).toMatchObject({ deletedAt: '1970-01-01T00:00:00.000Z' });
    expect(view.metadata).toEqual({});
  });

  it('keeps what is for the store only to the store', () => {
    expect(Object.keys(toMessageView(aMessage(), linked))).not.toEqual(
      expect.arrayContaining(['bodyHash', 'organizationId', 'environmentId']),
    );
  });
});

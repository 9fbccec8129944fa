import { newId } from '../../../common/ids.js';
import type { StoredFile } from '../file.js';

/** A picture that an agent has uploaded, unless said otherwise. */
export function aFile(given: Partial<StoredFile> = {}): StoredFile {
  return {
    id: newId(),
    organizationId: newId(),
    environmentId: null,
    owner: { type: 'agent', id: newId() },
    state: 'uploaded',
    attached: null,
    name: 'receipt.png',
    mimeType: 'image/png',
    size: 2_048,
    width: 640,
    height: 480,
    storageKey: newId(),
    hasThumbnail: false,
    createdAt: new Date('2026-11-20T09:00:00.000Z'),
    ...given,
  };
}

import { ChatError } from '@fast-light-chat/sdk';
import { accessToken } from './session';
import type { AttachmentView, WireError } from './wire';

export interface Uploading {
  /** From 0 to 1. */
  onProgress: (share: number) => void;
  signal: AbortSignal;
}

/** By XMLHttpRequest: `fetch` does not say how much has left. */
export async function uploadFile(file: File, { onProgress, signal }: Uploading): Promise<AttachmentView> {
  const token = await accessToken();
  const form = new FormData();
  form.append('file', file, file.name);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    request.open('POST', '/v1/files');
    request.setRequestHeader('authorization', `Bearer ${token}`);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0);
    request.onload = () => settle(request, resolve, reject);
    request.onerror = () => reject(new ChatError({ code: 'client.offline', retryable: true }));
    request.onabort = () => reject(new ChatError({ code: 'client.cancelled' }));
    request.onloadend = () => signal.removeEventListener('abort', abort);
    signal.addEventListener('abort', abort);
    request.send(form);
  });
}

function settle(
  { status, responseText }: XMLHttpRequest,
  resolve: (file: AttachmentView) => void,
  reject: (error: ChatError) => void,
): void {
  const body = bodyOf(responseText);
  if (status === 201 && body) resolve(body as AttachmentView);
  else if (body && 'code' in body) reject(new ChatError({ ...(body as WireError), status }));
  else reject(new ChatError({ code: 'client.unexpected_answer', status }));
}

/** A proxy that refuses a large body answers in a language of its own. */
function bodyOf(text: string): object | null {
  try {
    return JSON.parse(text) as object | null;
  } catch {
    return null;
  }
}

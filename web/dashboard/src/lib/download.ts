import { ChatError } from '@fast-light-chat/sdk';
import { accessToken, renew } from './session';
import type { WireError } from './wire';

export interface Downloading {
  /** How many bytes have come; how many there will be, the server does not know itself. */
  onProgress: (bytes: number) => void;
  signal: AbortSignal;
}

/** By `fetch`, as a link would have to carry the token. Answers the name under which it was saved. */
export async function downloadFile(path: string, { onProgress, signal }: Downloading): Promise<string> {
  const response = await answerTo(path, signal);
  if (!response.ok) throw await refusalOf(response);
  const pieces = await piecesOf(response, onProgress).catch((error: unknown) => {
    throw signal.aborted ? error : offline();
  });
  const name = nameIn(response.headers.get('content-disposition')) ?? 'download';
  save(new Blob(pieces, { type: response.headers.get('content-type') ?? undefined }), name);
  return name;
}

async function answerTo(path: string, signal: AbortSignal): Promise<Response> {
  const token = await accessToken();
  const response = await ask(path, token, signal);
  return response.status === 401 ? ask(path, await renew(token), signal) : response;
}

async function ask(path: string, token: string, signal: AbortSignal): Promise<Response> {
  const url = new URL(path, window.location.origin).href;
  try {
    return await fetch(url, { headers: { authorization: `Bearer ${token}` }, signal });
  } catch (error) {
    throw signal.aborted ? error : offline();
  }
}

/** An answer that breaks off on its way throws: half a file is not handed out for a whole one. */
async function piecesOf({ body }: Response, onProgress: (bytes: number) => void): Promise<BlobPart[]> {
  const pieces: BlobPart[] = [];
  let bytes = 0;
  const reader = body?.getReader();
  for (let step = await reader?.read(); step?.value; step = await reader?.read()) {
    pieces.push(step.value);
    bytes += step.value.byteLength;
    onProgress(bytes);
  }
  return pieces;
}

async function refusalOf(response: Response): Promise<ChatError> {
  const { status } = response;
  const body = (await response.json().catch(() => null)) as WireError | null;
  return body?.code
    ? new ChatError({ ...body, status })
    : new ChatError({ code: 'client.unexpected_answer', status });
}

function offline(): ChatError {
  return new ChatError({ code: 'client.offline', retryable: true });
}

/** The name in any script where there is one, else the plain one. */
export function nameIn(disposition: string | null): string | null {
  const [, encoded] = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '') ?? [];
  const [, plain] = /filename="([^"]+)"/i.exec(disposition ?? '') ?? [];
  try {
    return encoded ? decodeURIComponent(encoded) : (plain ?? null);
  } catch {
    return plain ?? null;
  }
}

function save(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken it over by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

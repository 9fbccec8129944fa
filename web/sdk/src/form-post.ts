import { offlineError, timeoutError } from './chat-error.js';

/** How long nothing may move. Not shorter: what the line itself still holds is told as gone. */
const STANDSTILL_MS = 60_000;

export interface UploadOptions {
  /** From 0 to 1. */
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
}

interface FormPost extends UploadOptions {
  headers: Record<string, string>;
  form: FormData;
}

/** What a server said, whatever it was. */
export interface Answer {
  ok: boolean;
  status: number;
  text: string;
}

/** By XMLHttpRequest: `fetch` does not say how much has left. */
export function postForm(url: string, { headers, form, onProgress, signal }: FormPost): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const giveUp = (reason: Error): void => {
      reject(reason);
      request.abort();
    };
    const patience = new Patience(() => giveUp(timeoutError()));
    const leave = (): void => giveUp(signal?.reason as Error);
    request.open('POST', url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => {
      patience.begin();
      onProgress?.(total ? loaded / total : 0);
    };
    request.onload = () => resolve(answerOf(request));
    request.onerror = () => reject(offlineError());
    request.onloadend = () => {
      patience.end();
      signal?.removeEventListener('abort', leave);
    };
    if (signal?.aborted) return leave();
    signal?.addEventListener('abort', leave);
    patience.begin();
    request.send(form);
  });
}

function answerOf({ status, responseText: text }: XMLHttpRequest): Answer {
  return { ok: status >= 200 && status < 300, status, text };
}

/** Ends when it has not begun anew for too long. */
class Patience {
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly onEnd: () => void) {}

  begin(): void {
    this.end();
    this.timer = setTimeout(this.onEnd, STANDSTILL_MS);
  }

  end(): void {
    clearTimeout(this.timer);
  }
}

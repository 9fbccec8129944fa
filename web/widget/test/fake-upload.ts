/** Stands for XMLHttpRequest; the spec says how far it has come. */
export class FakeUpload {
  static all: FakeUpload[] = [];
  readonly headers: Record<string, string> = {};
  readonly upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
  status = 0;
  responseText = '';
  isAborted = false;
  onload?: () => void;
  onerror?: () => void;
  onloadend?: () => void;

  constructor() {
    FakeUpload.all.push(this);
  }

  open(): void {}
  send(): void {}

  setRequestHeader(name: string, value: string): void {
    this.headers[name] = value;
  }

  abort(): void {
    this.isAborted = true;
    this.onloadend?.();
  }

  progress(loaded: number, total: number): void {
    this.upload.onprogress?.({ loaded, total });
  }

  async answer(status: number, body: object): Promise<void> {
    Object.assign(this, { status, responseText: JSON.stringify(body) });
    this.onload?.();
    this.onloadend?.();
    await Promise.resolve();
  }

  async breakOff(): Promise<void> {
    this.onerror?.();
    this.onloadend?.();
    await Promise.resolve();
  }
}

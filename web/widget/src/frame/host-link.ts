import { unwrap, wrap, type FrameMessage, type HostMessage } from '../protocol/messages.js';

/**
 * The line to the page around. Its first `boot` fixes the origin (the browser's word, not the page's);
 * from then on nobody else is heard and nobody else is told.
 */
export class HostLink {
  private origin: string | null = null;

  constructor(
    private readonly onMessage: (message: HostMessage, origin: string) => void,
    private readonly self: Window = window,
  ) {
    self.addEventListener('message', (event) => this.received(event));
    if (self.parent !== self) self.parent.postMessage(wrap<FrameMessage>({ type: 'ready' }), '*');
  }

  post(message: FrameMessage): void {
    if (this.origin !== null) this.self.parent.postMessage(wrap(message), this.origin);
  }

  private received(event: MessageEvent): void {
    if (event.source !== this.self.parent || this.self.parent === this.self) return;
    const message = unwrap<HostMessage>(event.data);
    if (!message) return;
    if (this.origin === null && message.type === 'boot') this.origin = event.origin;
    if (event.origin === this.origin) this.onMessage(message, event.origin);
  }
}

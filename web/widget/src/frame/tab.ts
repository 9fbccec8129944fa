import {
  unwrap,
  wrap,
  type Arrival,
  type FrameMessage,
  type TabAnswer,
  type TabMessage,
} from '../protocol/messages.js';

const ASK_AGAIN_MS = 500;
const PATIENCE_MS = 10_000;

type Post = (message: FrameMessage) => void;

interface TabListeners {
  /** `post` tells the frame, and so the page, for as long as they are there. */
  onArrival: (arrival: Arrival, post: Post) => void;
  /** Nobody has answered; it may still come. */
  onAstray: () => void;
}

/** The number that the loader gave to this tab, taken out of the address; null on other pages, and after a reload. */
export function takeNonce({ location, history }: Window = window): string | null {
  const { hash, pathname } = location;
  if (!pathname.endsWith('/tab') || !/^#\d+$/.test(hash)) return null;
  history.replaceState(null, '', pathname);
  return hash.slice(1);
}

/**
 * The tab's side. Browsers keep the storage of a frame and of a tab apart, so the frame is asked: directly, of all
 * frames of the page that opened the tab, and readable for nobody but our own origin.
 */
export function takeOver(nonce: string, { onArrival, onAstray }: TabListeners, self: Window = window): void {
  const { origin } = self.location;
  const page = self.opener as Window | null;
  if (!page) return onAstray();
  const ask = (): void => {
    for (let index = 0; index < page.length; index += 1)
      page[index]!.postMessage(wrap<TabMessage>({ type: 'tab-ready', nonce }), origin);
  };
  const answered = ({ origin: from, source, data }: MessageEvent): void => {
    const frame = source as Window | null;
    if (from !== origin || frame?.parent !== page) return;
    const answer = unwrap<TabAnswer>(data);
    if (answer?.type !== 'tab-session' || answer.nonce !== nonce) return;
    self.removeEventListener('message', answered);
    clearInterval(asking);
    clearTimeout(giveUp);
    onArrival(answer.arrival, (message) => frame.postMessage(wrap(message), origin));
  };
  self.addEventListener('message', answered);
  const asking = setInterval(ask, ASK_AGAIN_MS);
  const giveUp = setTimeout(onAstray, PATIENCE_MS);
  ask();
}

interface Expected {
  nonce: string;
  handOver: () => Promise<Arrival>;
}

/** The frame's side: answers only a window of our own origin that the page around has opened for it, and once. */
export class TabLink {
  private expected: Expected | null = null;
  private tab: MessageEventSource | null = null;

  constructor(
    private readonly post: Post,
    private readonly self: Window = window,
  ) {
    self.addEventListener('message', (event) => this.received(event));
  }

  expect(nonce: string, handOver: () => Promise<Arrival>): void {
    this.expected = { nonce, handOver };
  }

  private received({ origin, source, data }: MessageEvent): void {
    const tab = source as Window | null;
    if (origin !== this.self.location.origin || !tab || tab.opener !== this.self.parent) return;
    const message = unwrap<TabMessage>(data);
    if (message?.type === 'tab-ready') void this.answer(tab, message.nonce);
    else if (message && tab === this.tab) this.passOn(message);
  }

  private async answer(tab: Window, nonce: string): Promise<void> {
    if (nonce !== this.expected?.nonce) return;
    const { handOver } = this.expected;
    this.expected = null;
    this.tab = tab;
    const answer: TabAnswer = { type: 'tab-session', nonce, arrival: await handOver() };
    tab.postMessage(wrap(answer), this.self.location.origin);
    this.post({ type: 'tab-taken' });
  }

  /** What else a tab says is about itself. */
  private passOn(message: TabMessage): void {
    if (message.type === 'chat-created' || message.type === 'url-clicked') this.post(message);
  }
}

/** What makes itself heard and seen when nobody looks at the page. Everything here is silent where a browser refuses. */

const TONES_HZ = [880, 1_175];
const TONE_SECONDS = 0.12;
const LOUDNESS = 0.08;
/** Several messages of a moment are one sound. */
const PAUSE_MS = 2_000;

let audio: AudioContext | undefined;
let soundedAt = -Infinity;

/** Two short tones. Browsers want the person to have touched the page once before. */
export function chime(now = performance.now()): void {
  if (!('AudioContext' in window) || now - soundedAt < PAUSE_MS) return;
  soundedAt = now;
  audio ??= new AudioContext();
  for (const [index, hertz] of TONES_HZ.entries())
    sound(audio, hertz, audio.currentTime + index * TONE_SECONDS);
}

function sound(context: AudioContext, hertz: number, at: number): void {
  const [tone, volume] = [context.createOscillator(), context.createGain()];
  tone.frequency.value = hertz;
  volume.gain.setValueAtTime(LOUDNESS, at);
  volume.gain.exponentialRampToValueAtTime(0.001, at + TONE_SECONDS);
  tone.connect(volume).connect(context.destination);
  tone.start(at);
  tone.stop(at + TONE_SECONDS);
}

export interface DesktopNotice {
  conversationId: string;
  title: string;
  text: string;
  onOpen: () => void;
}

const shown = new Map<string, Notification>();

/** One of each conversation: a later one takes the place of the earlier. */
export function showOnDesktop({ conversationId, title, text, onOpen }: DesktopNotice): void {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  try {
    const notice = new Notification(title, { body: text, tag: conversationId });
    notice.onclick = () => {
      window.focus();
      notice.close();
      onOpen();
    };
    shown.set(conversationId, notice);
  } catch {
    // Telephones show what a service worker shows, and nothing else.
  }
}

/** Somebody looked. */
export function closeOnDesktop(conversationId: string): void {
  shown.get(conversationId)?.close();
  shown.delete(conversationId);
}

/** Asks once, by a click of the person's own; what was decided before stays. */
export function askForDesktopNotices(): void {
  if ('Notification' in window && Notification.permission === 'default') {
    void Notification.requestPermission();
  }
}

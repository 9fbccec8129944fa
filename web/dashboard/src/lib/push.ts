const BASE = import.meta.env.BASE_URL;

/** What the browser says to pushes on this device. */
export type PushPermission = 'unsupported' | 'undecided' | 'denied' | 'granted';

export function pushPermission(): PushPermission {
  const isSupported = 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
  if (!isSupported) return 'unsupported';
  return Notification.permission === 'default' ? 'undecided' : Notification.permission;
}

export async function askForPushes(): Promise<PushPermission> {
  await Notification.requestPermission();
  return pushPermission();
}

/** A key that the browser knows of another server, or of an earlier key of this one, would be refused. */
export async function subscribeBrowser(publicKey: string): Promise<PushSubscriptionJSON> {
  await navigator.serviceWorker.register(`${BASE}sw.js`, { scope: BASE });
  const { pushManager } = await navigator.serviceWorker.ready;
  await (await pushManager.getSubscription())?.unsubscribe();
  const subscription = await pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: publicKey,
  });
  return subscription.toJSON();
}

export async function unsubscribeBrowser(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration(BASE);
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
}

const DEVICE_KEY = 'flc.pushDevice';

/** Which of the agent's devices this browser is. */
export function rememberedDevice(): string | null {
  return localStorage.getItem(DEVICE_KEY);
}

export function rememberDevice(id: string): void {
  localStorage.setItem(DEVICE_KEY, id);
}

/** Calls with the address, below the dashboard, of what a notification was clicked for. */
export function onNotificationOpened(open: (address: string) => void): () => void {
  if (!('serviceWorker' in navigator)) return () => undefined;
  const listener = ({ data }: MessageEvent<{ type?: string; address?: string }>) => {
    const isOurs = data.type === 'open' && data.address?.startsWith(BASE);
    if (isOurs && data.address) open(`/${data.address.slice(BASE.length)}`);
  };
  const { serviceWorker } = navigator;
  serviceWorker.addEventListener('message', listener);
  return () => serviceWorker.removeEventListener('message', listener);
}

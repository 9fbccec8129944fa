/* global clients, self */

// Shows pushes of this server while no page is open. It keeps nothing and answers no request.

const APP = '/dashboard';

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('push', (event) => event.waitUntil(receive(event.data)));
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data.url));
});

/** `read`: the agent has seen it elsewhere. */
async function receive(data) {
  const { kind, title, body, tag, url } = data.json();
  if (kind === 'read') return closeAll(tag);
  const options = { body, tag, renotify: true, icon: `${APP}/favicon.svg`, data: { url } };
  return self.registration.showNotification(title, options);
}

async function closeAll(tag) {
  for (const shown of await self.registration.getNotifications({ tag })) shown.close();
}

/** In the page that is open, which keeps what is being written there, else in a new one. */
async function open(url) {
  const { origin, pathname, search, hash } = new URL(url, self.location.origin);
  if (origin !== self.location.origin) return;
  const address = pathname + search + hash;
  const pages = await clients.matchAll({ type: 'window', includeUncontrolled: true });
  const page = pages.find((one) => new URL(one.url).pathname.startsWith(APP));
  if (!page) return void (await clients.openWindow(address));
  page.postMessage({ type: 'open', address });
  await page.focus();
}

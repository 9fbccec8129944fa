/** A way to the server for Engine.IO packets, which are texts here: nothing that the widget says or hears is binary. */
export interface Line {
  send(packet: string): void;
  /** `onClosed` is not called then. */
  close(): void;
}

export interface LineHooks {
  onPacket: (packet: string) => void;
  /** It ended by itself, or never came about. */
  onClosed: () => void;
}

export type OpenLine = (address: string, hooks: LineHooks) => Line;

export const openWebSocket: OpenLine = (address, { onPacket, onClosed }) => {
  const socket = new WebSocket(`${address.replace(/^http/, 'ws')}websocket`);
  socket.onmessage = ({ data }) => onPacket(data as string);
  socket.onclose = onClosed;
  return {
    send: (packet) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(packet);
    },
    close: () => {
      socket.onmessage = socket.onclose = null;
      socket.close();
    },
  };
};

const BETWEEN_PACKETS = '\x1e';

/** For networks that let no websocket through: one request waits for what comes, another brings what is said. */
export const openPolling: OpenLine = (address, { onPacket, onClosed }) => {
  const ending = new AbortController();
  let session = '';
  let sent = Promise.resolve();

  const ask = async (init?: RequestInit): Promise<string> => {
    const response = await fetch(`${address}polling${session}`, init);
    if (!response.ok) throw new Error(`The server answered ${response.status}`);
    return response.text();
  };
  const end = (): void => {
    if (ending.signal.aborted) return;
    ending.abort();
    onClosed();
  };
  const take = (packet: string): void => {
    if (ending.signal.aborted) return;
    if (packet.startsWith('0')) session = `&sid=${(JSON.parse(packet.slice(1)) as { sid: string }).sid}`;
    onPacket(packet);
  };
  const listen = async (): Promise<void> => {
    while (!ending.signal.aborted)
      (await ask({ signal: ending.signal })).split(BETWEEN_PACKETS).forEach(take);
  };
  listen().catch(end);

  return {
    /** One after the other: the server takes them as they come. */
    send: (packet) => {
      sent = sent.then(async () => void (await ask({ method: 'POST', body: packet }))).catch(end);
    },
    close: () => {
      ending.abort();
      if (session) ask({ method: 'POST', body: '1', keepalive: true }).catch(() => undefined);
    },
  };
};

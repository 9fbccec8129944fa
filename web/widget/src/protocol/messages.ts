import type { BootRequest, UserView, WidgetSettings } from '@fast-light-chat/sdk';

/** The closed list of what the customer's page and the frame may say to each other. */
export type HostMessage =
  { type: 'boot'; options: FrameBootOptions } | { type: 'opened'; takesFocus: boolean } | { type: 'closed' };

export type FrameMessage =
  | { type: 'booted'; user: UserView; settings: WidgetSettings; language: Language; unread: number }
  | { type: 'boot-failed'; error: FrameError; language: Language }
  | { type: 'settings'; settings: WidgetSettings }
  | { type: 'unread'; unread: number }
  | { type: 'close-requested' };

export type Language = 'ko' | 'en';

export interface FrameBootOptions extends Omit<BootRequest, 'visitorToken'> {
  pluginKey: string;
}

export interface FrameError {
  code: string;
  message: string;
  retryable: boolean;
}

const CHANNEL = 'fast-light-chat';
const HOST_TYPES: ReadonlySet<string> = new Set<HostMessage['type']>(['boot', 'opened', 'closed']);
const FRAME_TYPES: ReadonlySet<string> = new Set<FrameMessage['type']>([
  'booted',
  'boot-failed',
  'settings',
  'unread',
  'close-requested',
]);

export function wrap<M extends HostMessage | FrameMessage>(message: M): M & { channel: string } {
  return { ...message, channel: CHANNEL };
}

export function asHostMessage(data: unknown): HostMessage | null {
  return isOurs(data, HOST_TYPES) ? (data as HostMessage) : null;
}

export function asFrameMessage(data: unknown): FrameMessage | null {
  return isOurs(data, FRAME_TYPES) ? (data as FrameMessage) : null;
}

function isOurs(data: unknown, types: ReadonlySet<string>): boolean {
  if (typeof data !== 'object' || data === null) return false;
  const { channel, type } = data as { channel?: unknown; type?: unknown };
  return channel === CHANNEL && typeof type === 'string' && types.has(type);
}

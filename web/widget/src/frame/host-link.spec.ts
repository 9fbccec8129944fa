import { describe, expect, it, vi, type Mock } from 'vitest';
import { HostLink } from './host-link.js';

const PAGE = 'https://shop.example';

function aFrame(): {
  self: Window;
  told: Mock;
  say: (data: object, origin?: string, source?: unknown) => void;
} {
  const target = new EventTarget();
  const parent = { postMessage: vi.fn() };
  const self = Object.assign(target, { parent }) as unknown as Window;
  const say = (data: object, origin = PAGE, source: unknown = parent): void => {
    const event = new Event('message');
    target.dispatchEvent(
      Object.assign(event, { data: { channel: 'fast-light-chat', ...data }, origin, source }),
    );
  };
  return { self, told: parent.postMessage, say };
}

const boot = { type: 'boot', options: { pluginKey: 'pk' } };

describe(HostLink.name, () => {
  it('tells nobody anything before a page has booted it, but that it listens', () => {
    const { self, told } = aFrame();
    new HostLink(vi.fn(), self).post({ type: 'unread', unread: 1 });
    expect(told).toHaveBeenCalledExactlyOnceWith({ channel: 'fast-light-chat', type: 'ready' }, '*');
  });

  it('answers exactly the origin that booted it', () => {
    const { self, told, say } = aFrame();
    const heard = vi.fn();
    const link = new HostLink(heard, self);
    say(boot);
    link.post({ type: 'unread', unread: 1 });
    expect(heard).toHaveBeenCalledWith(expect.objectContaining(boot), PAGE);
    expect(told.mock.calls.slice(1)).toEqual([
      [{ channel: 'fast-light-chat', type: 'unread', unread: 1 }, PAGE],
    ]);
  });

  it('hears nobody else afterwards', () => {
    const { self, say } = aFrame();
    const heard = vi.fn();
    new HostLink(heard, self);
    say(boot);
    say({ type: 'closed' }, 'https://evil.example');
    say({ type: 'closed' }, PAGE, {});
    say({ type: 'closed', channel: 'other' });
    expect(heard).toHaveBeenCalledOnce();
  });
});

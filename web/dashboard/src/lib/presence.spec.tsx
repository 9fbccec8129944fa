import { ChatError } from '@fast-light-chat/sdk';
import { ChatProvider } from '@fast-light-chat/sdk/react';
import { render } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeChatClient } from '../test/fake-chat-client';
import { usePresence } from './presence';

function Look({ id }: { id: string }) {
  usePresence('agent', id);
  return null;
}

/** Time passes, enough for several questions; answers what was asked. */
async function lookAt(ids: string[], answer: () => Promise<unknown> = () => Promise.resolve({ states: [] })) {
  const client = new FakeChatClient();
  const asked: unknown[] = [];
  client.call = ((...call: unknown[]) => {
    asked.push(call);
    return answer();
  }) as typeof client.call;
  render(
    <ChatProvider createClient={() => client}>
      {ids.map((id) => (
        <Look key={id} id={id} />
      ))}
    </ChatProvider>,
  );
  await vi.advanceTimersByTimeAsync(60_000);
  return asked;
}

describe(usePresence, () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('asks for no more people than the server answers for, the last that came into view', async () => {
    const ids = Array.from({ length: 130 }, (_, index) => `agent-${index}`);
    const principals = ids.slice(30).map((id) => ({ type: 'agent', id }));
    expect(await lookAt(ids)).toEqual([['presence:watch', { principals }]]);
  });

  it('asks a busy server again, but does not repeat what it will not answer', async () => {
    const failing = (retryable: boolean) =>
      lookAt(['agent-1'], () => Promise.reject(new ChatError({ code: 'x.y', retryable })));
    expect((await failing(true)).length).toBeGreaterThan(5);
    expect(await failing(false)).toHaveLength(1);
  });
});

import { describe, expect, it, jest } from '@jest/globals';
import { InvalidMessage } from '../chat/chat.errors.js';
import type { BotMessageService } from '../chat/bot-message.service.js';
import type { Delivery } from './delivery.js';
import { WebhookReplies } from './webhook-replies.js';
import type { Webhook } from './webhook.js';

describe(WebhookReplies.name, () => {
  const bot = { id: 'b', isBot: true } as Webhook;
  const delivery = { id: 'd', type: 'message.created', conversationId: 'c' } as Delivery;

  async function answered(body: string) {
    const say = jest.fn<BotMessageService['say']>();
    const replies = new WebhookReplies({ say } as unknown as BotMessageService);
    const isGood = await replies.say(bot, delivery, { status: 200, headers: {}, body: Buffer.from(body) });
    return { isGood, said: say.mock.calls.map(([, , , { content, metadata }]) => ({ content, metadata })) };
  }

  it('says each message, with its metadata', async () => {
    const messages = [{ content: 'Which order?', metadata: { buttons: ['A-1'] } }, { content: '두 번째' }];
    expect(await answered(JSON.stringify({ messages }))).toEqual({
      isGood: true,
      said: [messages[0], { content: '두 번째', metadata: {} }],
    });
  });

  it.each(['', 'ok', '{}', '[]', 'null', '{"messages":[]}'])('takes %j for no answer', async (body) => {
    expect(await answered(body)).toEqual({ isGood: true, said: [] });
  });

  it.each([
    ['a null character in a text', '{"messages":[{"content":"a\\u0000b"}]}'],
    ['half a character', '{"messages":[{"content":"\\ud800"}]}'],
    ['a name that no store takes', '{"messages":[{"content":"a","metadata":{"x\\u0000":1}}]}'],
    ['an operator for a name', '{"messages":[{"content":"a","metadata":{"$where":1}}]}'],
    ['more than five messages', JSON.stringify({ messages: Array(6).fill({ content: 'a' }) })],
    ['no content', '{"messages":[{}]}'],
  ])('says nothing of an answer with %s, and asks for no other', async (_, body) => {
    expect(await answered(body)).toEqual({ isGood: false, said: [] });
  });

  it('asks for no other where the chat refuses it', async () => {
    const say = () => Promise.reject(new InvalidMessage('content', 'must not be empty'));
    const replies = new WebhookReplies({ say } as unknown as BotMessageService);
    const body = Buffer.from('{"messages":[{"content":" "}]}');
    expect(await replies.say(bot, delivery, { status: 200, headers: {}, body })).toBe(false);
  });
});

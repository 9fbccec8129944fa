import type { WebhookEventType } from '../../contracts/webhooks.js';

/** A JSON schema, as OpenAPI has it. */
type Schema = Record<string, unknown>;

interface EventDoc {
  tells: string;
  /** What its `data` has. */
  data: Record<string, Schema>;
}

const STATUS = { type: 'string', enum: ['open', 'pending', 'snoozed', 'resolved'] };
const conversation = component('WebhookConversationDto');

const EVENTS: Record<WebhookEventType, EventDoc> = {
  'message.created': {
    tells: 'Something was said',
    data: { message: component('MessageDto'), conversation },
  },
  'message.updated': {
    tells: 'A message was edited, deleted, reacted to or pinned: as it is then',
    data: { message: component('MessageDto'), conversation },
  },
  'conversation.created': { tells: 'A conversation was begun', data: { conversation } },
  'conversation.assigned': {
    tells: 'It was given to an agent or to a team, or to nobody: who has it then',
    data: {
      conversation,
      assignee: { ...named(), nullable: true },
      team: { ...named(), nullable: true },
    },
  },
  'conversation.status_changed': {
    tells: 'Its status was changed, also by a message of its user',
    data: { conversation, status: STATUS, previousStatus: STATUS, until: moment({ nullable: true }) },
  },
  'conversation.rated': {
    tells: 'Its user rated it',
    data: {
      conversation,
      rating: object({
        score: { type: 'integer', minimum: 1, maximum: 5 },
        comment: { type: 'string', nullable: true },
      }),
    },
  },
  'user.created': { tells: 'Somebody came for the first time', data: { user: component('WebhookUserDto') } },
  'user.updated': {
    tells: 'What is known of a user changed',
    data: { user: component('WebhookUserDto') },
  },
  'user.erased': {
    tells: 'A user is gone, with all that was theirs',
    data: { user: object({ id: { type: 'string' } }), receiptId: { type: 'string' } },
  },
  'agent.presence_changed': {
    tells: 'An agent came, went, is idle or says something else of themselves; best effort',
    data: { agent: component('WebhookAgentDto') },
  },
  'webhook.test': { tells: 'Asked for by hand', data: { webhook: named() } },
};

/** Type, what it tells, and the names of what is in its `data`. */
export const WEBHOOK_EVENT_ROWS = Object.entries(EVENTS).map(
  ([type, { tells, data }]) => [type, tells, Object.keys(data)] as const,
);

/** What is posted for each event, as operations on the receiver's side (OpenAPI 3.1 calls them `webhooks`). */
export const WEBHOOK_OPERATIONS = Object.fromEntries(
  Object.entries(EVENTS).map(([type, event]) => [type, { post: operationOf(type, event) }]),
);

function operationOf(type: string, { tells, data }: EventDoc): Schema {
  const truncated = { type: 'boolean', description: 'True where it was too long to be sent whole' };
  const posted = object({
    type: { type: 'string', enum: [type] },
    timestamp: moment({ description: 'When it happened' }),
    environmentId: { type: 'string' },
    performedBy: component('WebhookPerformerDto'),
    data: { ...object(data), properties: { ...data, truncated } },
  });
  return {
    operationId: `webhook ${type}`,
    tags: ['Webhooks'],
    summary: tells,
    parameters: ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => ({
      name,
      in: 'header',
      required: true,
      schema: { type: 'string' },
    })),
    requestBody: { required: true, content: { 'application/json': { schema: posted } } },
    responses: {
      '2XX': { description: 'It arrived. A bot may answer with `{ messages: [{ content, metadata? }] }`.' },
      '410': { description: 'It is not wanted any more: the webhook is switched off' },
      default: { description: 'It is told again later' },
    },
  };
}

function object(properties: Record<string, Schema>): Schema {
  return { type: 'object', properties, required: Object.keys(properties) };
}

function named(): Schema {
  return object({ id: { type: 'string' }, name: { type: 'string' } });
}

function moment(more: Schema): Schema {
  return { type: 'string', format: 'date-time', ...more };
}

function component(name: string): Schema {
  return { $ref: `#/components/schemas/${name}` };
}

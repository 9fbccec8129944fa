import type { WebhookPlace } from '../api/webhook-api';

export const webhooksAddress = ({ environmentId }: Pick<WebhookPlace, 'environmentId'>) =>
  `/settings/environments/${environmentId}?tab=webhooks`;

export const webhookAddress = ({ environmentId, webhookId }: WebhookPlace) =>
  `/settings/environments/${environmentId}/webhooks/${webhookId}`;

import { createECDH, randomBytes } from 'node:crypto';
import request from 'supertest';
import type { CreatedWebhookView, WebhookDeliveryView } from '../../src/contracts/webhooks.js';
import type {
  CreatedApiKeyView,
  InvitationView,
  PushSubscriptionView,
  RegistrationView,
  SavedReplyView,
  SavedViewView,
  TeamView,
} from '../../src/contracts/tenants.js';
import type { BootView, UserView } from '../../src/contracts/users.js';
import type { CreatedConversation } from '../../src/contracts/chat.js';
import { upload } from './uploads.js';
import { aMessage, asAgent, asPartner, asUser, boot, PASSWORD, register } from './people.js';

export type Headers = Record<string, string>;

/** A company with something of everything, all of it marked by `tag`, a word that is nowhere else. */
export interface Tenant {
  tag: string;
  owner: RegistrationView;
  colleague: RegistrationView;
  viewer: RegistrationView;
  visitor: BootView;
  pluginKey: string;
  staging: { id: string; pluginKey: string };
  as: {
    owner: Headers;
    colleague: Headers;
    viewer: Headers;
    visitor: Headers;
    partner: Headers;
    stagingPartner: Headers;
  };
  /** By the noun in the path. */
  ids: Record<string, string>;
  groupId: string;
}

/** Limits that a sweep over everything does not meet. */
export const SWEEPING = { LIMIT_SIGN_INS_PER_MINUTE: '100000', LIMIT_BOOTS_PER_MINUTE: '100000' };

export async function aTenant(url: string): Promise<Tenant> {
  const tag = `tag${randomBytes(6).toString('hex')}`;
  const owner = await register(url, `${tag} house`);
  const asOwner = asAgent(owner);
  const send = async <T>(
    method: 'post' | 'patch' | 'put',
    path: string,
    body: object,
    as: Headers = asOwner,
  ) => {
    const answer = await request(url)[method](path).set(as).send(body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.body as T;
  };
  const hire = async (role: string) => {
    const email = `${role}.${tag}@agents.example`;
    const { token } = await send<InvitationView>('post', '/v1/agents/invitations', { email, role });
    const acceptance = { token, name: `${tag} ${role}`, password: PASSWORD };
    return send<RegistrationView>('post', '/v1/auth/invitations/accept', acceptance, {});
  };
  const keyFor = (environmentId: string) =>
    send<CreatedApiKeyView>('post', `/v1/environments/${environmentId}/api-keys`, { name: `${tag} key` });

  await send('patch', '/v1/agents/me', { name: `${tag} owner` });
  const [colleague, viewer] = [await hire('agent'), await hire('viewer')];
  const invited = { email: `invited.${tag}@agents.example`, role: 'agent' };
  const invitation = await send<InvitationView>('post', '/v1/agents/invitations', invited);
  const staging = await send<Tenant['staging']>('post', '/v1/environments', { name: `${tag} staging` });
  const [key, stagingKey] = [await keyFor(owner.environment.id), await keyFor(staging.id)];
  const webhook = await send<CreatedWebhookView>(
    'post',
    `/v1/environments/${owner.environment.id}/webhooks`,
    {
      url: 'https://shop.example/hooks',
      name: `${tag} webhook`,
      events: ['user.erased'],
    },
  );
  const delivery = await send<WebhookDeliveryView>(
    'post',
    `/v1/environments/${owner.environment.id}/webhooks/${webhook.id}/test`,
    {},
  );
  const { pluginKey } = owner.environment;
  const visitor = await boot(url, pluginKey, { profile: { name: `${tag} visitor` } });
  const asVisitor = asUser(pluginKey, visitor);
  await send<UserView>(
    'put',
    '/v1/users/by-member/member-1',
    { profile: { name: `${tag} member` }, tags: ['vip'] },
    asPartner(key),
  );
  await send('post', '/v1/users/me/events', { name: `${tag} did` }, asVisitor);
  const file = await upload(url, asVisitor, { name: `${tag}.png` });
  const support = await send<CreatedConversation>(
    'post',
    '/v1/conversations',
    { subject: `${tag} subject`, message: { ...aMessage(`${tag} says`), attachmentIds: [file.id] } },
    asVisitor,
  );
  const conversationId = support.conversation.id;
  const note = { ...aMessage(`${tag} note`), private: true };
  await send('post', `/v1/conversations/${conversationId}/messages`, note);
  const device = await send<PushSubscriptionView>('post', '/v1/agents/me/push-subscriptions', aBrowser(tag));
  const team = await send<TeamView>('post', '/v1/teams', {
    name: `${tag} team`,
    agentIds: [colleague.agent.id],
  });
  const view = await send<SavedViewView>('post', '/v1/agents/me/views', {
    name: `${tag} view`,
    filter: { teamId: team.id },
  });
  const reply = await send<SavedReplyView>('post', '/v1/saved-replies', {
    shortcut: tag,
    title: `${tag} title`,
    content: `${tag} content`,
  });
  await send('put', `/v1/conversations/${conversationId}/team`, { teamId: team.id });
  const group = await send<CreatedConversation>('post', '/v1/conversations', {
    kind: 'group',
    name: `${tag} group`,
    agentIds: [viewer.agent.id],
    message: aMessage(`${tag} among us`),
  });

  return {
    tag,
    owner,
    colleague,
    viewer,
    visitor,
    pluginKey,
    staging,
    as: {
      owner: asOwner,
      colleague: asAgent(colleague),
      viewer: asAgent(viewer),
      visitor: asVisitor,
      partner: asPartner(key),
      stagingPartner: asPartner(stagingKey),
    },
    ids: {
      organizations: owner.organization.id,
      environments: owner.environment.id,
      'api-keys': key.id,
      webhooks: webhook.id,
      deliveries: delivery.id,
      agents: colleague.agent.id,
      invitations: invitation.id,
      users: visitor.user.id,
      'by-member': 'member-1',
      conversations: conversationId,
      messages: support.message?.id ?? '',
      reactions: '👍',
      files: file.id,
      'push-subscriptions': device.id,
      teams: team.id,
      views: view.id,
      'saved-replies': reply.id,
      queues: 'chat',
      failed: 'a-job-that-nobody-has',
      avatars: `${'0'.repeat(40)}.webp`,
    },
    groupId: group.conversation.id,
  };
}

function aBrowser(tag: string): object {
  const p256dh = createECDH('prime256v1').generateKeys('base64url');
  return {
    endpoint: `https://push.example/${tag}`,
    keys: { p256dh, auth: randomBytes(16).toString('base64url') },
  };
}

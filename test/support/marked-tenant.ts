import { sendPlain } from './plain-wire.js';
import { aTenant, type Tenant } from './tenant.js';

/** A tenant whose tag stands in every text that anybody may write, so that any leak of it can be seen. */
export async function aMarkedTenant(url: string): Promise<Tenant> {
  const tenant = await aTenant(url);
  const { tag, ids } = tenant;
  const changes: [path: string, body: object][] = [
    ['/v1/agents/me', { statusText: `${tag} is out`, avatarUrl: `https://cdn.example/${tag}.png` }],
    ['/v1/organization', { name: `${tag} house` }],
    [`/v1/environments/${ids['environments']}`, { name: `${tag} live`, settings: { widget: words(tag) } }],
    [`/v1/users/${ids['users']}`, { profile: { name: tag, plan: tag }, tags: [tag] }],
    [`/v1/conversations/${ids['conversations']}`, { subject: tag, tags: [tag], metadata: { [tag]: tag } }],
  ];
  for (const [path, body] of changes) await patch(url, tenant, path, body);
  return tenant;
}

function words(tag: string): object {
  return { title: tag, greeting: { ko: tag, en: tag } };
}

async function patch(url: string, { as }: Tenant, path: string, body: object): Promise<void> {
  const headers = { ...as.owner, 'content-type': 'application/json' };
  const { status, text } = await sendPlain(url, {
    method: 'patch',
    path,
    headers,
    body: JSON.stringify(body),
  });
  if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
}

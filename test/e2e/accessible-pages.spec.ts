import { beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import request from 'supertest';
import { barriersOf } from '../support/axe.js';
import { describeInBrowser, logIn, LOOKS, wordsOf } from '../support/browser.js';
import { aMessage } from '../support/people.js';
import { Stage } from '../support/stage.js';
import { aTenant, SWEEPING, type Tenant } from '../support/tenant.js';

const ALL_KINDS = [
  '# 안내\n\n**굵게**, *기울여*, ~~지움~~ `code` https://shop.example/tea',
  '> 인용\n\n- 하나\n- 둘\n\n```ts\nconst answer: number = 42; // why\n```',
];

/** Every page behind the sign-in. */
function pagesOf({ ids }: Tenant): string[] {
  return [
    'inbox',
    'inbox/mine',
    'inbox/held',
    `inbox/all/${ids.conversations}`,
    'team',
    'team/channels',
    'overview',
    'overview?days=7',
    'search?q=says',
    `users/${ids.users}`,
    'settings/profile',
    'settings/notifications',
    'settings/organization',
    'settings/agents',
    'settings/teams',
    'settings/replies',
    'settings/environments',
    `settings/environments/${ids.environments}`,
    ...['widget', 'hours', 'security', 'install'].map(
      (tab) => `settings/environments/${ids.environments}?tab=${tab}`,
    ),
    `settings/environments/${ids.environments}/webhooks/${ids.webhooks}`,
    'settings/queues',
    'no/such/page',
  ];
}

describeInBrowser('pages for everybody', () => {
  const stage = new Stage(1, SWEEPING);
  let tenant: Tenant;

  beforeAll(async () => {
    tenant = await aTenant(stage.url);
    for (const content of ALL_KINDS) {
      await request(stage.url)
        .post(`/v1/conversations/${tenant.ids.conversations}/messages`)
        .set(tenant.as.colleague)
        .send(aMessage(content))
        .expect(201);
    }
  }, 60_000);

  /** Open, and with nothing left that is still coming. */
  async function settled(page: Page, path: string): Promise<void> {
    await page.goto(`${stage.url}/dashboard/${path}`, { waitUntil: 'networkidle' });
    await page.locator('[role="progressbar"], .MuiSkeleton-root').first().waitFor({ state: 'detached' });
  }

  it.each(LOOKS.slice(0, 3))(
    'have no barrier in the dashboard: $name',
    async (look) => {
      const page = await stage.open('/dashboard/login', look);
      const found: Record<string, string[]> = {};
      const check = async (name: string) => {
        const barriers = await barriersOf(page);
        if (barriers.length > 0) found[name] = barriers;
      };
      for (const path of ['login', 'register', 'forgot-password']) {
        await settled(page, path);
        await check(path);
      }
      await settled(page, 'login');
      await logIn(page, tenant.owner.agent.email, wordsOf(look));
      await page.getByRole('navigation').first().waitFor();
      for (const path of pagesOf(tenant)) {
        await settled(page, path);
        await check(path);
      }
      expect(found).toEqual({});
    },
    300_000,
  );
});

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Frame, Page } from 'playwright-core';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const OPTIONS = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  iframes: false,
  resultTypes: ['violations'],
};
/** Run in the page, as all of these are: text, since there is no document here. */
const NOTHING_MOVES =
  'Promise.allSettled(document.getAnimations().map(({ finished }) => finished)).then(() => undefined)';

/**
 * What stands in the way of people with a disability, by the rules of WCAG 2.2 AA: one line for each place.
 * Frames within are not looked into: hand them over themselves. Waits until nothing moves any more, since a
 * colour in the middle of a transition is nobody's choice.
 */
export async function barriersOf(where: Page | Frame): Promise<string[]> {
  await where.evaluate(NOTHING_MOVES);
  await where.evaluate(SOURCE);
  const { violations } = await where.evaluate<AxeResults>(`axe.run(${JSON.stringify(OPTIONS)})`);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, any, all }) => `${id}: ${target.join(' ')}: ${[...any, ...all][0]?.message ?? ''}`),
  );
}

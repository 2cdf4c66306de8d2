import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { keepPicture } from './panel.ts';

const found: string[] = [];

/** What `look` has found so far. */
export const problems = (): readonly string[] => found;

/** Both modes, and the width of a phone: pictures for people, accessibility and width for the test. */
export async function look(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await settle(page);
    await keepPicture(page, `${name}-${colorScheme}`);
    found.push(...(await violations(page)).map((violation) => `${name} ${colorScheme}: ${violation}`));
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await settle(page);
  await keepPicture(page, `${name}-phone`);
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (excess > 0) found.push(`${name}: ${excess} px too wide`);
  found.push(...(await violations(page)).map((violation) => `${name} phone: ${violation}`));
  await page.setViewportSize({ width: 1440, height: 900 });
}

/** A change of mode cancels what was still fading; what turns for ever is not waited for. */
const settle = (page: Page) =>
  page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity)
        .map((animation) => animation.finished),
    ),
  );

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    // @ts-expect-error axe was put into the page on the line before
    const { violations: broken } = (await window.axe.run()) as {
      violations: { id: string; nodes: { target: string[]; html: string }[] }[];
    };
    return broken.flatMap(({ id, nodes }) =>
      nodes.map(({ target, html }) => `${id} ${target.join(' ')} ${html.slice(0, 160)}`),
    );
  });
}

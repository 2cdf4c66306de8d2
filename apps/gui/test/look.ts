import type { Page } from 'playwright-core';
import { keepPicture } from './panel.ts';
import { DEEP, IN_THE_DARK, violations } from './violations.ts';

/** One of hundreds, which take minutes together and are for people. */
const PICTURES = process.env['BAILIWICK_TEST_PICTURES'] === '1' || DEEP;

const found: string[] = [];

/** What `look` has found so far. */
export const problems = (): readonly string[] => found;

/** Both modes, and the width of a phone: pictures for people, accessibility and width for the test. */
export async function look(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await settle(page);
    await keepLook(page, `${name}-${colorScheme}`);
    const rules = colorScheme === 'dark' ? IN_THE_DARK : [];
    found.push(...(await violations(page, { rules })).map((violation) => `${name} ${colorScheme}: ${violation}`));
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await settle(page);
  await keepLook(page, `${name}-phone`);
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (excess > 0) found.push(`${name}: ${excess} px too wide`);
  found.push(...(await violations(page)).map((violation) => `${name} phone: ${violation}`));
  await page.setViewportSize({ width: 1440, height: 900 });
}

/** A change of mode cancels what was still fading, what watches its size is told in the next frame; what turns for ever is not waited for. */
export const settle = (page: Page) =>
  page.evaluate(async () => {
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    await Promise.allSettled(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity)
        .map((animation) => animation.finished),
    );
  });

/** A picture of one state among many, where somebody asked for them. */
export async function keepLook(page: Page, name: string): Promise<void> {
  if (PICTURES) await keepPicture(page, name);
}

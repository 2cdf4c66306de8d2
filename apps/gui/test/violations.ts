import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe finds wrong with the page, or a part of it, each with where that is; empty where nothing is. */
export async function violations(page: Page, within = 'html'): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async (selector) => {
    // @ts-expect-error axe was put into the page on the line before
    const { violations: found } = (await window.axe.run(selector)) as {
      violations: { id: string; nodes: { target: string[]; html: string }[] }[];
    };
    return found.flatMap(({ id, nodes }) =>
      nodes.map(({ target, html }) => `${id} ${target.join(' ')} ${html.slice(0, 160)}`),
    );
  }, within);
}

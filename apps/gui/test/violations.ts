import axe from 'axe-core';
import type { Page } from 'playwright-core';

export const DEEP = process.env['BAILIWICK_TEST_DEEP'] === '1';
/** The same page in other colours: only the rule about those can say something else. All of them where time is no matter. */
export const IN_THE_DARK: readonly string[] = DEEP ? [] : ['color-contrast'];

interface Look {
  /** A selector; the whole page where nothing is said. */
  readonly within?: string;
  /** Only these of axe's rules. */
  readonly rules?: readonly string[];
}

/** What axe finds wrong with the page, or a part of it, each with where that is; empty where nothing is. */
export async function violations(page: Page, { within = 'html', rules = [] }: Look = {}): Promise<string[]> {
  // Half a megabyte: once for a document.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(
    async ([selector, only]) => {
      // @ts-expect-error axe was put into the page on the line before
      const { violations: found } = (await window.axe.run(selector, only.length > 0 ? { runOnly: only } : {})) as {
        violations: { id: string; nodes: { target: string[]; html: string }[] }[];
      };
      return found.flatMap(({ id, nodes }) =>
        nodes.map(({ target, html }) => `${id} ${target.join(' ')} ${html.slice(0, 160)}`),
      );
    },
    [within, rules] as const,
  );
}

import type { BrowserContextOptions, Page } from 'playwright-core';
import type { Panel } from './panel.ts';

const MEMBER_PASSWORD = 'four amber otters dive';

export interface Member {
  id: string;
  username: string;
}

/** Somebody of the first tenant who holds nothing yet. */
export async function addMember(panel: Panel, username: string, displayName: string): Promise<Member> {
  const { item } = await panel.api<{ item: { id: string } }>('POST', '/users', {
    username,
    displayName,
    platformRole: 'member',
    password: MEMBER_PASSWORD,
  });
  return { id: item.id, username };
}

/** A browser of theirs, signed in, on their list of containers. */
export async function pageOf(panel: Panel, { username }: Member, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await panel.page({ signedIn: false, ...options });
  await page.goto(`${panel.url}/login?next=/containers`);
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(MEMBER_PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Containers' }).waitFor();
  return page;
}

/** Gives somebody, or a team, a role on something. */
export const give = (
  panel: Panel,
  principal: { kind: string; id: string },
  target: { kind: string; id: string },
  role: string | null,
) =>
  panel.api('POST', '/access/changes', {
    changes: [{ op: 'grant', principal, target, role, allow: [], deny: [], expiresAt: null, version: 0 }],
  });

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { Panel } from './panel.ts';

const Manifest = z.object({
  name: z.literal('Bailiwick'),
  start_url: z.literal('/'),
  scope: z.literal('/'),
  display: z.literal('standalone'),
  theme_color: z.string(),
  background_color: z.string(),
  icons: z.array(z.object({ src: z.string(), sizes: z.string(), type: z.literal('image/png'), purpose: z.string() })),
});
/** A window of a test is private, and a private one installs nothing. */
const ONLY_HERE = 'in-incognito';

/** The canvas of the first theme, by its mode. */
function canvasOf(mode: 'light' | 'dark'): string | undefined {
  const tokens = readFileSync(path.resolve(import.meta.dirname, '../src/ui/tokens.css'), 'utf8');
  return new RegExp(`\\[data-theme='cobalt'\\]\\[data-mode='${mode}'\\] \\{[^}]*?--canvas: (#[0-9a-f]{6});`).exec(
    tokens,
  )?.[1];
}

describe('the panel as an app', () => {
  let panel: Panel;
  beforeAll(async () => {
    panel = await Panel.start({ engine: 'fake' });
    await panel.claim();
  });
  afterAll(() => panel.stop());

  it('is one a browser installs, from the first page on and signed in, within the policy of its pages', async () => {
    for (const [signedIn, address] of [
      [false, '/login'],
      [true, '/'],
    ] as const) {
      const page = await panel.page({ signedIn });
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (message.text().includes('Content Security Policy')) complaints.push(message.text());
      });
      await page.goto(panel.url + address);
      await page.locator('h1').first().waitFor();
      const devtools = await page.context().newCDPSession(page);
      const { errors, data } = await devtools.send('Page.getAppManifest');
      expect(errors).toEqual([]);
      const { name } = Manifest.parse(JSON.parse(data ?? ''));
      expect(name).toBe('Bailiwick');
      const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
      expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== ONLY_HERE)).toEqual([]);
      expect(complaints).toEqual([]);
      await page.context().close();
    }
  });

  it('has icons of the sizes it names, one of them for systems that cut their own shape', async () => {
    const manifest = await readManifest();
    const found = await Promise.all(
      manifest.icons.map(async ({ src, sizes, purpose }) => {
        const response = await fetch(panel.url + src);
        const bytes = Buffer.from(await response.arrayBuffer());
        const size = `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`;
        return { type: response.headers.get('content-type'), isRight: size === sizes, sizes, purpose };
      }),
    );
    expect(found).toEqual([
      { type: 'image/png', isRight: true, sizes: '192x192', purpose: 'any' },
      { type: 'image/png', isRight: true, sizes: '512x512', purpose: 'any' },
      { type: 'image/png', isRight: true, sizes: '512x512', purpose: 'maskable' },
    ]);
  });

  it('has the colours of the panel', async () => {
    const { theme_color, background_color } = await readManifest();
    expect([theme_color, background_color]).toEqual([canvasOf('light'), canvasOf('light')]);
    const html = await (await fetch(`${panel.url}/login`)).text();
    const painted = [
      ...html.matchAll(/<meta name="theme-color" content="(#\w+)" media="\(prefers-color-scheme: (\w+)\)"/g),
    ];
    expect(painted.map(([, color, mode]) => [mode, color])).toEqual([
      ['light', canvasOf('light')],
      ['dark', canvasOf('dark')],
    ]);
  });

  it('keeps nothing that could outlive a right: no worker serves it', async () => {
    const page = await panel.page();
    await panel.open(page, '/');
    expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
    await page.context().close();
  });

  const readManifest = async () => Manifest.parse(await (await fetch(`${panel.url}/manifest.webmanifest`)).json());
});

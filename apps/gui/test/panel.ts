import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Accepted, Operation } from '@bailiwick/contract';
import { type Browser, type BrowserContextOptions, chromium, type Page, type Request } from 'playwright-core';
import { engineSocket, removeLabelled } from './engine-api.ts';
import { EngineLine } from './engine-line.ts';
import { freePort, Program } from './running-pair.ts';

export const PASSWORD = 'seven quiet herons wade';
export const OWNER = { username: 'ada', displayName: 'Ada Lovelace' };

const gui = path.resolve(import.meta.dirname, '..');
const artifacts = path.join(gui, 'artifacts');
const browserArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface PanelOptions {
  /** The fake engine holds the demo's containers; the real one is reached by a line that can be cut. */
  engine?: 'docker' | 'fake';
  env?: Record<string, string>;
}

/** The built core and the built panel as two processes of their own, and a browser in front of them. */
export class Panel {
  /** On everything this panel's tests make on the engine themselves. */
  readonly label = `bailiwick.test.run-${randomBytes(6).toString('hex')}`;
  readonly line: EngineLine;
  private core: Program | null = null;
  private server: Program | null = null;
  private browser: Browser | null = null;
  private cookie: { name: string; value: string } | null = null;
  private tenantId: string | null = null;

  private constructor(
    readonly url: string,
    readonly storage: string,
    private readonly settings: Record<string, string>,
    private readonly real: boolean,
  ) {
    this.line = new EngineLine(path.join(storage, 'engine.sock'), engineSocket);
  }

  static async start({ engine = 'docker', env = {} }: PanelOptions = {}): Promise<Panel> {
    assertBuilt();
    const storage = mkdtempSync(path.join(tmpdir(), 'bailiwick-panel-'));
    const [corePort, guiPort] = [await freePort(), await freePort()];
    const url = `http://127.0.0.1:${guiPort}`;
    const settings = {
      // The fake engine is empty in a test and holds a demo elsewhere.
      BAILIWICK_ENV: engine === 'fake' ? 'development' : 'test',
      BAILIWICK_ENGINE: engine,
      BAILIWICK_STORAGE_DIR: storage,
      BAILIWICK_PRESETS_DIR: path.join(gui, 'test/presets'),
      BAILIWICK_CORE_PORT: String(corePort),
      BAILIWICK_GRPC_PORT: '0',
      BAILIWICK_GUI_PORT: String(guiPort),
      BAILIWICK_CORE_URL: `http://127.0.0.1:${corePort}`,
      BAILIWICK_PUBLIC_URL: url,
      ...(engine === 'docker' ? { BAILIWICK_DOCKER_HOST: `unix://${path.join(storage, 'engine.sock')}` } : {}),
      ...env,
    };
    const panel = new Panel(url, storage, settings, engine === 'docker');
    try {
      await panel.line.mend();
      await panel.startCore();
      await panel.startServer();
      panel.browser = await chromium.launch({
        executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
        args: browserArguments,
      });
      return panel;
    } catch (error) {
      await panel.stop();
      throw error;
    }
  }

  async startCore(): Promise<void> {
    this.core = new Program('apps/core', 'dist/main.cjs', this.settings);
    await this.core.answers(`${this.settings['BAILIWICK_CORE_URL']}/healthz`);
  }

  /** Every socket breaks, and the core goes on. */
  async restartServer(): Promise<void> {
    await this.server?.stop();
    await this.startServer();
  }

  private async startServer(): Promise<void> {
    this.server = new Program('apps/gui', 'dist/server.mjs', { ...this.settings, BAILIWICK_ENV: 'production' });
    await this.server.answers(`${this.url}/gui/healthz`);
  }

  async stopCore(): Promise<void> {
    await this.core?.stop();
    this.core = null;
  }

  setupToken(): string {
    return readFileSync(path.join(this.storage, 'keys/setup-token'), 'utf8').trim();
  }

  /** Makes the first person over HTTP, for tests that are not about the setup. */
  async claim(): Promise<void> {
    const response = await fetch(`${this.url}/api/v1/setup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.url },
      body: JSON.stringify({ token: this.setupToken(), ...OWNER, password: PASSWORD }),
    });
    if (!response.ok) throw new Error(`setup: ${response.status} ${await response.text()}`);
    const [pair = ''] = response.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
    const [name = '', value = ''] = pair.split('=');
    this.cookie = { name, value };
    await this.learnTenant();
  }

  /** As the person who claimed the panel; or as nobody. */
  async page(options: BrowserContextOptions & { signedIn?: boolean } = {}): Promise<Page> {
    const { signedIn = true, ...rest } = options;
    if (!this.browser) throw new Error('The panel has been stopped.');
    const context = await this.browser.newContext({ viewport: { width: 1440, height: 900 }, ...rest });
    context.setDefaultTimeout(15_000);
    if (signedIn && this.cookie) await context.addCookies([{ ...this.cookie, url: this.url }]);
    return context.newPage();
  }

  /** Until the page is there and live. */
  async open(page: Page, address: string): Promise<void> {
    // Containers that come and go change the network of this machine: Chromium lets go of what it was loading then.
    let isCut = false;
    const notice = (request: Request) => {
      if (request.failure()?.errorText === 'net::ERR_NETWORK_CHANGED') isCut = true;
    };
    page.on('requestfailed', notice);
    try {
      await page.goto(this.url + address);
      await page.locator('h1').first().waitFor();
      await until('the page is live', async () => {
        if (isCut) await page.reload();
        isCut = false;
        return (await page.locator('[data-slot="live-chip"]').getByText('Live', { exact: true }).count()) > 0;
      });
    } finally {
      page.off('requestfailed', notice);
    }
  }

  /** Of a container made without the panel, once the panel sees it. */
  async idOf(name: string): Promise<string> {
    let id = '';
    await until('the panel sees the container', async () => {
      const { items } = await this.api<{ items: { id: string }[] }>('GET', `/containers?q=${name}`);
      id = items[0]?.id ?? '';
      return items.length === 1;
    });
    return id;
  }

  /** Asks the core as the owner, through the panel. */
  async api<Answer>(method: string, route: string, body?: unknown): Promise<Answer> {
    const cookie = this.cookie ? `${this.cookie.name}=${this.cookie.value}` : '';
    const me = (await (await fetch(`${this.url}/api/v1/me`, { headers: { cookie } })).json()) as { csrf: string };
    const response = await fetch(`${this.url}/api/v1${route}`, {
      method,
      headers: { cookie, origin: this.url, 'x-csrf': me.csrf, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${route}: ${response.status} ${text}`);
    return (text === '' ? null : JSON.parse(text)) as Answer;
  }

  /** Asks for work, and answers once it is done; throws with its last state where it comes to another end. */
  async done(method: string, route: string, body?: unknown): Promise<Operation> {
    let { operation: now } = await this.api<Accepted>(method, route, body);
    await until(`${now.name} has ended`, async () => {
      now = await this.api<Operation>('GET', `/operations/${now.id}`);
      return ['done', 'failed', 'cancelled'].includes(now.state);
    });
    if (now.state !== 'done') throw new Error(JSON.stringify(now));
    return now;
  }

  /** After a setup done by hand: what this installation labels is known by its tenant. */
  async adopt(page: Page): Promise<void> {
    const cookie = (await page.context().cookies(this.url)).find(({ name }) => name.endsWith('bw_session'));
    if (!cookie) throw new Error('Nobody is signed in on this page.');
    this.cookie = { name: cookie.name, value: cookie.value };
    await this.learnTenant();
  }

  async stop(): Promise<void> {
    await this.browser?.close();
    await Promise.all([this.server?.stop(), this.core?.stop()]);
    await this.line.cut();
    if (this.real) {
      await removeLabelled(this.label);
      if (this.tenantId !== null) await removeLabelled(`bailiwick.tenant=${this.tenantId}`);
    }
    rmSync(this.storage, { recursive: true, force: true });
  }

  private async learnTenant(): Promise<void> {
    const me = await this.api<{ tenant: { id: string } }>('GET', '/me');
    this.tenantId = me.tenant.id;
  }
}

/** Kept outside git, for people to look at. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  mkdirSync(artifacts, { recursive: true });
  await page.screenshot({ path: path.join(artifacts, `${name}.png`) });
}

/** Polls until it holds; the last failure tells why it never did. */
export async function until(what: string, holds: () => Promise<boolean>, withinMs = 15_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (Date.now() < deadline) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Not within ${withinMs} ms: ${what}`);
}

function assertBuilt(): void {
  for (const file of ['../core/dist/main.cjs', 'dist/server.mjs', '.next/BUILD_ID']) {
    if (!existsSync(path.join(gui, file))) {
      throw new Error(`${file} is missing: build the core and the panel first (npm test does).`);
    }
  }
}

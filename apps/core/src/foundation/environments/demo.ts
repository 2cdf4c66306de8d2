import type { ContainerSpec } from './engine.js';
import type { FakeEngine } from './fake.engine.js';
import { aFakeImage } from './fake-image.js';

const HOUR_MS = 3_600_000;
const MIB = 1024 * 1024;

interface DemoContainer extends Partial<ContainerSpec> {
  readonly name: string;
  readonly image: string;
  readonly ageHours: number;
  /** What became of it; running when left out. */
  readonly fate?: 'exited' | 'failed' | 'killed' | 'paused' | 'unhealthy' | 'created';
  readonly says: readonly string[];
}

const port = (hostPort: number, containerPort: number): ContainerSpec['ports'] => [
  { ip: '127.0.0.1', hostPort, containerPort, protocol: 'tcp' },
];
const stack = (project: string, service: string): ContainerSpec['labels'] => ({
  'com.docker.compose.project': project,
  'com.docker.compose.service': service,
});
const health: ContainerSpec['health'] = {
  command: ['CMD', 'true'],
  intervalMs: 10_000,
  timeoutMs: 5000,
  retries: 3,
  startPeriodMs: 0,
};

const CONTAINERS: readonly DemoContainer[] = [
  {
    name: 'shop-web',
    image: 'nginx:stable',
    ageHours: 310,
    ports: port(8081, 80),
    labels: stack('shop', 'web'),
    health,
    says: ['"GET / HTTP/1.1" 200 5123', '"GET /basket HTTP/1.1" 200 812', '"GET /favicon.ico HTTP/1.1" 304 0'],
  },
  {
    name: 'shop-api',
    image: 'registry.example/shop/api:2.14',
    ageHours: 92,
    labels: stack('shop', 'api'),
    memoryBytes: 512 * MIB,
    health,
    says: ['order 10482 accepted', 'order 10483 accepted', 'payment provider answered in 184 ms'],
  },
  {
    name: 'shop-db',
    image: 'postgres:16-alpine',
    ageHours: 310,
    labels: stack('shop', 'db'),
    volumes: [{ name: 'shop-data', target: '/var/lib/postgresql/data' }],
    memoryBytes: 1024 * MIB,
    health,
    says: ['checkpoint complete: wrote 41 buffers', 'automatic vacuum of table "shop.orders"'],
  },
  {
    name: 'shop-cache',
    image: 'redis:7-alpine',
    ageHours: 310,
    labels: stack('shop', 'cache'),
    says: ['1 changes in 3600 seconds. Saving...', 'DB saved on disk'],
  },
  {
    name: 'shop-mailer',
    image: 'registry.example/shop/mailer:1.3',
    ageHours: 47,
    labels: stack('shop', 'mailer'),
    health,
    fate: 'unhealthy',
    says: ['smtp: connection refused', 'retry in 30 s'],
  },
  {
    name: 'wiki',
    image: 'registry.example/wiki:4',
    ageHours: 720,
    ports: port(8090, 3000),
    memoryBytes: 768 * MIB,
    says: ['page "Onboarding" saved', 'search index is up to date'],
  },
  {
    name: 'metrics-probe',
    image: 'busybox:stable',
    ageHours: 12,
    says: ['probe ok 12 ms', 'probe ok 11 ms', 'probe ok 14 ms'],
  },
  {
    name: 'game-lobby',
    image: 'registry.example/game/lobby:0.9',
    ageHours: 5,
    ports: port(25565, 25565),
    memoryBytes: 2048 * MIB,
    fate: 'paused',
    says: ['3 players online'],
  },
  {
    name: 'nightly-backup',
    image: 'registry.example/backup:2',
    ageHours: 9,
    fate: 'exited',
    says: ['copied 1 204 files', 'backup complete'],
  },
  {
    name: 'report-worker',
    image: 'python:3.11-slim',
    ageHours: 30,
    fate: 'failed',
    says: ['Traceback (most recent call last):', 'ConnectionError: no route to ledger'],
  },
  {
    name: 'image-resizer',
    image: 'node:20-slim',
    ageHours: 3,
    memoryBytes: 128 * MIB,
    fate: 'killed',
    says: ['resizing 4000x3000', 'resizing 8000x6000'],
  },
  { name: 'staging-web', image: 'caddy:2', ageHours: 1, ports: port(8082, 80), fate: 'created', says: [] },
];

/** A dozen believable containers, the same at every start. */
export function seedDemo(engine: FakeEngine, nowMs: number): void {
  engine.setPullTime(4000);
  for (const container of CONTAINERS) seed(engine, container, nowMs);
}

function seed(engine: FakeEngine, { ageHours, fate, says, ...spec }: DemoContainer, nowMs: number): void {
  const ends = fate === 'unhealthy' ? 'unhealthy' : 'healthy';
  engine.images.set(spec.image, aFakeImage({ health: { becomes: ends, afterMs: 0 } }));
  const engineId = engine.put(spec, { started: fate !== 'created', createdAtMs: nowMs - ageHours * HOUR_MS });
  const container = engine.get(engineId);
  for (const [index, text] of says.entries())
    container.log.write('stdout', text, BigInt(nowMs - (says.length - index) * 1000) * 1_000_000n);
  if (fate === 'exited') container.exit(0);
  else if (fate === 'failed') container.exit(1);
  else if (fate === 'killed') container.runOutOfMemory();
  else if (fate === 'paused') container.pause();
  else if (fate !== 'created' && says.length > 0) container.chatter((count) => says[count % says.length] ?? '', 0.5);
}

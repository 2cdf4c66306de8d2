// Create, start and delete per second: through our API as bulk and deploy operations, and raw on the socket with the same width.
import { create, inParallel, remove, start } from '../engine.mjs';
import { perSecond, until } from '../measure.mjs';

const COUNT = 20;

async function rate(work) {
  const startedAt = Date.now();
  await work();
  return (COUNT / (Date.now() - startedAt)) * 1000;
}

export async function lifecycle({ panel, image, preset }) {
  const rawIds = [];
  const rawCreate = await rate(() =>
    inParallel(Array(COUNT).fill(0), async () => rawIds.push(await create(image, ['sleep', '600']))),
  );
  const rawStart = await rate(() => inParallel(rawIds, start));
  const rawDelete = await rate(() => inParallel(rawIds, remove));

  const ids = [];
  const deployed = await rate(async () => {
    await inParallel(
      Array.from({ length: COUNT }, (_, n) => n),
      async (n) => {
        const answer = await panel.request('POST', '/deployments', { preset, name: `bench-${process.pid}-${n}` });
        if (answer.status !== 202) throw new Error(`deploy: ${answer.status} ${answer.text}`);
        const done = await finished(panel, JSON.parse(answer.text).operation.id);
        ids.push(done.result.containerId);
      },
    );
  });
  const stopped = await bulk(panel, 'kill', ids);
  const started = await bulk(panel, 'start', ids);
  const deleted = await bulk(panel, 'delete', ids);
  return [
    {
      what: `Deploy ${COUNT} (create + start + proved running) as operations · raw create`,
      ours: perSecond(deployed),
      raw: perSecond(rawCreate),
      claim: 'GhostPanel: create 1,000/s',
    },
    {
      what: `Start ${COUNT} in bulk`,
      ours: perSecond(started),
      raw: perSecond(rawStart),
      claim: 'GhostPanel: start 500/s',
    },
    { what: `Kill ${COUNT} in bulk`, ours: perSecond(stopped), raw: '—' },
    {
      what: `Delete ${COUNT} in bulk`,
      ours: perSecond(deleted),
      raw: perSecond(rawDelete),
      claim: 'GhostPanel: delete 1,000/s',
    },
  ];
}

async function bulk(panel, action, ids) {
  return rate(async () => {
    const answer = await panel.request('POST', '/containers/bulk', { action, ids, force: true });
    if (answer.status !== 202) throw new Error(`bulk ${action}: ${answer.status} ${answer.text}`);
    const { result } = await finished(panel, JSON.parse(answer.text).operation.id);
    const failed = result.items.find((item) => !item.ok);
    if (failed) throw new Error(`bulk ${action}: ${JSON.stringify(failed)}`);
  });
}

function finished(panel, id) {
  return until(
    async () => {
      const operation = JSON.parse((await panel.request('GET', `/operations/${id}`)).text);
      if (operation.state === 'failed' || operation.state === 'cancelled')
        throw new Error(JSON.stringify(operation.error));
      return operation.state === 'done' && operation;
    },
    120_000,
    `operation ${id}`,
  );
}

// A large download: the log of a container as a file, through core and through the GUI, beside the raw engine.
import { create, remove, SOCKET, start } from '../engine.mjs';
import { mib, once, until } from '../measure.mjs';

const LINES = 400_000;

export async function transfer({ panel, image }) {
  const name = `bench-writer-${process.pid}`;
  const command = `yes "a line of the usual length that fills the log until it is large enough to time" | head -n ${LINES}`;
  const engineId = await create(image, ['sh', '-c', command], { name });
  await start(engineId);
  const id = await until(
    async () => {
      const [item] = JSON.parse((await panel.request('GET', `/containers?q=${name}`)).text).items;
      return item?.state === 'exited' && item.id;
    },
    120_000,
    'the writer to end',
  );
  const rate = (answer) => `${mib(answer.bytes / (answer.ms / 1000))}/s`;
  const raw = await once({ socketPath: SOCKET, path: `/containers/${engineId}/logs?stdout=1&stderr=1&timestamps=1` });
  const path = `/api/v1/containers/${id}/logs/download`;
  const core = await once({ ...panel.target, path, headers: { cookie: panel.cookie } });
  const { hostname, port } = new URL(panel.guiUrl);
  const gui = await once({ hostname, port, path, headers: { cookie: panel.cookie } });
  for (const answer of [core, gui]) if (answer.status !== 200) throw new Error(`download: ${answer.status}`);
  await remove(engineId);
  return [
    {
      what: `Large download (a log of ${mib(core.bytes)}), core · through the GUI`,
      ours: `${rate(core)} · ${rate(gui)}`,
      raw: rate(raw),
      claim: 'GhostPanel: 1 Gbit/s',
    },
  ];
}

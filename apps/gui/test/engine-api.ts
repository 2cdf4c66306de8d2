import http from 'node:http';

const host = process.env['BAILIWICK_DOCKER_HOST'] ?? 'unix:///var/run/docker.sock';
export const engineSocket = host.replace(/^unix:\/\//, '');

interface Listed {
  Id: string;
  Names: string[];
  State: string;
}

/** The engine's own API, for what a test prepares and looks up behind the panel's back. */
export async function engine<Answer = unknown>(method: string, path: string, body?: unknown): Promise<Answer> {
  const { status, text } = await request(method, path, body);
  if (status >= 400) throw new Error(`${method} ${path}: ${status} ${text}`);
  return (text === '' ? null : JSON.parse(text)) as Answer;
}

export const labelled = (label: string): Promise<Listed[]> =>
  engine<Listed[]>('GET', `/containers/json?all=1&filters=${filters(label)}`);

/** A container that prints and answers SIGTERM at once, made as anybody would make one without the panel. */
export async function makeContainer(
  name: string,
  label: string,
  { start = true, hostPort }: { start?: boolean; hostPort?: number } = {},
): Promise<string> {
  const { Id } = await engine<{ Id: string }>('POST', `/containers/create?name=${name}`, {
    Image: 'busybox:local',
    Cmd: ['sh', '-c', "trap 'exit 0' TERM; n=0; while true; do n=$((n+1)); echo line $n; sleep 0.2; done"],
    Labels: { 'bailiwick.test': '1', [label]: '1' },
    ExposedPorts: { '80/tcp': {} },
    HostConfig:
      hostPort === undefined
        ? {}
        : { PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: String(hostPort) }] } },
  });
  if (start) await engine('POST', `/containers/${Id}/start`);
  return Id;
}

/** Starts a program in a container and does not wait for it. */
export async function runInside(engineId: string, argv: readonly string[]): Promise<string> {
  const { Id } = await engine<{ Id: string }>('POST', `/containers/${engineId}/exec`, { Cmd: argv });
  await engine('POST', `/exec/${Id}/start`, { Detach: true });
  return Id;
}
export const isRunning = async (execId: string): Promise<boolean> =>
  (await engine<{ Running: boolean }>('GET', `/exec/${execId}/json`)).Running;

/** Everything on the engine that carries the label; nothing else is touched. */
export async function removeLabelled(label: string): Promise<void> {
  for (const { Id } of await labelled(label)) await engine('DELETE', `/containers/${Id}?force=1&v=1`);
  const { Volumes } = await engine<{ Volumes: { Name: string }[] | null }>('GET', `/volumes?filters=${filters(label)}`);
  for (const { Name } of Volumes ?? []) await engine('DELETE', `/volumes/${Name}`);
  for (const { Id } of await engine<{ Id: string }[]>('GET', `/networks?filters=${filters(label)}`)) {
    await engine('DELETE', `/networks/${Id}`);
  }
}

const filters = (label: string): string => encodeURIComponent(JSON.stringify({ label: [label] }));

function request(method: string, path: string, body: unknown): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = http.request(
      { socketPath: engineSocket, method, path, headers: { 'content-type': 'application/json', host: 'engine' } },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (text += part));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      },
    );
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

import { status } from '@grpc/grpc-js';
import { Preset } from '@bailiwick/contract';
import type { Action__Output } from '../generated/bailiwick/plugin/v2/Action.js';
import type { ChannelKind__Output } from '../generated/bailiwick/plugin/v2/ChannelKind.js';
import type { HookAnswer__Output } from '../generated/bailiwick/plugin/v2/HookAnswer.js';
import { PLUGIN_SERVICE } from '../protocols.js';
import { fromStruct, toStruct } from '../struct.rules.js';
import { ask, bearer, type Outcome, readAll } from './asking.js';
import { type Checks, unmet } from './checks.js';
import { answerOf, expectInTime, expectCode, within } from './expecting.js';
import type { PlayedCore } from './played-core.js';
import { fitting } from './schema.js';
import type { V2Client } from './v2.js';

const METRIC = /^[a-z][a-z0-9_]{0,63}$/;
const MOST_REASON = 500;

const inputFor = (schema: Action__Output['form']) => toStruct(fitting(fromStruct(schema)));

const refused = (checks: Checks, method: string, work: () => Promise<Outcome<unknown>>) =>
  checks.check(`${method}, which it does not provide, is refused`, 'UNIMPLEMENTED', async () =>
    expectCode(await work(), status.UNIMPLEMENTED),
  );

export async function checkActions(
  core: PlayedCore,
  client: V2Client,
  checks: Checks,
  actions: Action__Output[],
): Promise<void> {
  const run = (action: string, input = toStruct({})) => {
    const asked = { action, input, operationId: `op_${action}`, askedBy: 'ada' };
    return readAll(client.runAction(asked, bearer(core.token), { deadline: Date.now() + core.timeoutMs }));
  };
  if (!core.manifest.provides.includes('actions')) {
    await refused(checks, 'RunAction', () => run('conformance'));
    return;
  }
  for (const { id, form } of actions)
    await checks.check(
      `the action ${id} runs to its end`,
      'progress from 0 to 1, a result in the last message only',
      async () => {
        const told = answerOf(await run(id, inputFor(form)));
        if (told.length === 0) unmet('an end without a word');
        for (const [at, { done, result }] of told.entries()) {
          if (done !== undefined && !(done >= 0 && done <= 1)) unmet(`done is ${done}`);
          if (result && at < told.length - 1) unmet('a result before the last message');
        }
      },
    );
  await checks.check('an action that is not there is refused', 'NOT_FOUND', async () =>
    expectCode(await run('no-such-action'), status.NOT_FOUND),
  );
  await checks.check('input that fits no form does no harm', 'any answer, and Health answers', async () => {
    for (const { id } of actions.filter(({ isDangerous }) => !isDangerous))
      expectInTime(await run(id, toStruct({ conformance: [{ deep: [null] }], 0: -1 })));
    answerOf(await ask(client, PLUGIN_SERVICE.Health, {}, { metadata: bearer(core.token), ms: core.timeoutMs }));
  });
}

const MOMENTS = { validate: 'HOOK_MOMENT_VALIDATE', before: 'HOOK_MOMENT_BEFORE', after: 'HOOK_MOMENT_AFTER' } as const;
const DEPLOY = {
  tenant: 'default',
  containerName: 'conformance-web',
  image: 'docker.io/library/nginx:stable',
  preset: 'nginx-static',
  environment: 'env_conformance00000',
  askedBy: 'ada',
  labels: { team: 'web' },
};
const ACCESS = { tenant: 'default', from: 'ada', to: 'grace', role: 'Operator', target: 'container web', untilMs: 0 };

export async function checkHooks(core: PlayedCore, client: V2Client, checks: Checks): Promise<void> {
  for (const hook of ['deploy', 'access'] as const) await checkHook(core, client, checks, hook);
}

async function checkHook(core: PlayedCore, client: V2Client, checks: Checks, hook: 'deploy' | 'access'): Promise<void> {
  const method = hook === 'deploy' ? 'HookDeploy' : 'HookAccess';
  const metadata = bearer(core.token);
  const call = (name: keyof typeof MOMENTS, ms: number): Promise<Outcome<HookAnswer__Output>> => {
    const moment = MOMENTS[name];
    if (hook === 'access') return ask(client, PLUGIN_SERVICE.HookAccess, { ...ACCESS, moment }, { metadata, ms });
    const ended = name === 'after' ? { outcome: 'done', operationId: 'op_conformance000000' } : {};
    return ask(client, PLUGIN_SERVICE.HookDeploy, { ...DEPLOY, ...ended, moment }, { metadata, ms });
  };
  const wanted = core.manifest.hooks[hook];
  if (!wanted) {
    await refused(checks, method, () => call('validate', core.timeoutMs));
    return;
  }
  for (const name of ['validate', 'before', 'after'] as const) {
    const moment = wanted[name];
    if (!moment) continue;
    const ms = 'deadline_ms' in moment ? moment.deadline_ms : core.timeoutMs;
    await checks.check(`${method} answers ${name}`, `within ${ms} ms; a reason where it refuses`, async () => {
      // The first call of a process pays for what is loaded then.
      await call(name, core.timeoutMs);
      const { isRefused, reason } = answerOf(await within(ms, () => call(name, core.timeoutMs)));
      if (isRefused && reason.trim() === '') unmet('a refusal without a reason');
      if (reason.length > MOST_REASON) unmet(`a reason of ${reason.length} characters`);
    });
  }
  await checks.check(`${method} answers fifty at once`, 'fifty answers', async () => {
    const first = (['validate', 'before', 'after'] as const).find((name) => wanted[name]) ?? 'after';
    for (const one of await Promise.all(Array.from({ length: 50 }, () => call(first, core.timeoutMs)))) answerOf(one);
  });
}

export async function checkPresets(core: PlayedCore, client: V2Client, checks: Checks): Promise<void> {
  const list = () => ask(client, PLUGIN_SERVICE.ListPresets, {}, { metadata: bearer(core.token), ms: core.timeoutMs });
  if (!core.manifest.provides.includes('presets')) {
    await refused(checks, 'ListPresets', list);
    return;
  }
  await checks.check('its presets are as presets/*.json have them', 'presets', async () => {
    for (const [at, preset] of answerOf(await list()).presets.entries()) {
      const parsed = Preset.safeParse(fromStruct(preset));
      const issue = parsed.error?.issues[0];
      if (issue) unmet(`presets[${at}].${issue.path.map(String).join('.')}: ${issue.message}`);
    }
  });
}

export async function checkChannels(
  core: PlayedCore,
  client: V2Client,
  checks: Checks,
  kinds: ChannelKind__Output[],
): Promise<void> {
  const notice = {
    deliveryId: 'conformance',
    title: 'A test',
    text: 'Nothing happened.',
    address: '',
    severity: 'info',
  };
  const send = (channelKind: string, settings?: ChannelKind__Output['settings']) => {
    const asked = { ...notice, channelKind, channelSettings: inputFor(settings ?? null) };
    return ask(client, PLUGIN_SERVICE.SendNotice, asked, { metadata: bearer(core.token), ms: core.timeoutMs });
  };
  if (!core.manifest.provides.includes('channels')) {
    await refused(checks, 'SendNotice', () => send('conformance'));
    return;
  }
  for (const { id, settings } of kinds)
    await checks.check(`a notice by ${id} is taken, and taken again when it comes twice`, 'two answers', async () => {
      answerOf(await send(id, settings));
      answerOf(await send(id, settings));
    });
}

export async function checkMetrics(core: PlayedCore, client: V2Client, checks: Checks): Promise<void> {
  const read = () => ask(client, PLUGIN_SERVICE.ReadMetrics, {}, { metadata: bearer(core.token), ms: core.timeoutMs });
  if (!core.manifest.provides.includes('metrics')) {
    await refused(checks, 'ReadMetrics', read);
    return;
  }
  await checks.check('its metrics have names, words and numbers', `names as ${METRIC}`, async () => {
    for (const { name, help, value } of answerOf(await read()).metrics) {
      if (!METRIC.test(name)) unmet(`the name "${name}"`);
      if (help.trim() === '') unmet(`${name} has no help`);
      if (!Number.isFinite(value)) unmet(`${name} is ${value}`);
    }
  });
}

const ACTIONS = [
  'containers.start',
  'containers.stop',
  'containers.restart',
  'containers.pause',
  'containers.unpause',
  'containers.kill',
  'containers.rename',
  'containers.delete',
  'containers.deploy',
  'containers.adopt',
  'containers.bulk',
  'containers.settings',
  'containers.configuration',
  'containers.recreate',
  'containers.update',
  'containers.restore',
  'containers.purge',
  'containers.bindHost',
  'containers.restartPolicy',
  'containers.run',
  'containers.console',
  'containers.copyEnv',
  'containers.reveal',
  'files.write',
  'operations.cancel',
  'operations.secrets',
] as const;
const WORDS = {
  'containers.start': 'start',
  'containers.stop': 'stop',
  'containers.restart': 'restart',
  'containers.pause': 'pause',
  'containers.unpause': 'unpause',
  'containers.kill': 'kill',
  'containers.rename': 'rename',
  'containers.delete': 'delete',
  'containers.deploy': 'deploy',
  'containers.adopt': 'adopt',
  'containers.bulk': 'bulk',
  'containers.settings': 'settings',
  'containers.configuration': 'configuration',
  'containers.recreate': 'recreate',
  'containers.update': 'update',
  'containers.restore': 'restore',
  'containers.purge': 'purge',
  'containers.bindHost': 'bindHost',
  'containers.restartPolicy': 'restartPolicy',
  'containers.run': 'run',
  'containers.console': 'console',
  'containers.copyEnv': 'copyEnv',
  'containers.reveal': 'reveal',
  'files.write': 'write',
  'operations.cancel': 'cancel',
  'operations.secrets': 'secrets',
} as const;

export type ActionWord = (typeof WORDS)[keyof typeof WORDS];

/** The panel's word for an action; undefined for one it does not know. */
export function wordOf(action: string): ActionWord | undefined {
  const known = ACTIONS.find((each) => each === action);
  return known === undefined ? undefined : WORDS[known];
}

import {
  type Capability,
  type ChangeSettings,
  type FieldIssue,
  LaunchUrl,
  type PortRule,
  type SavedSettings,
} from '@bailiwick/contract';
import { isPlainPath } from '../../foundation/environments/docker-spec.rules.js';
import type { EngineInspection } from '../../foundation/environments/engine.js';
import { toWords } from '../commands/run.rules.js';
import { isWithin } from '../containers/shared-folders.rules.js';

export const NOTHING_SAVED: SavedSettings = {
  startupCommand: null,
  installCommand: null,
  projectProtocol: null,
  allowedPorts: null,
  domainName: null,
  launchUrl: null,
  explorerRoot: null,
  consoleDirectory: null,
};

const NEEDS: Readonly<Record<keyof SavedSettings, readonly Capability[]>> = {
  startupCommand: ['containers.settingsStartup'],
  installCommand: ['containers.settingsStartup'],
  projectProtocol: ['containers.settingsStartup'],
  allowedPorts: ['containers.settingsPorts'],
  domainName: ['containers.settingsPorts'],
  launchUrl: ['containers.settingsPorts'],
  // Whoever is kept within a folder does not choose another one.
  explorerRoot: ['containers.settingsStartup', 'files.root'],
  consoleDirectory: ['containers.settingsStartup'],
};

type Addresses = { readonly [Field in 'launchUrl' | 'domainName']?: string | null | undefined };

/** Where people open it: as somebody said in full, else by its name. Nothing else than a web address is one. */
export const addressOf = ({ launchUrl, domainName }: Addresses): string | null =>
  [launchUrl, domainName && `http://${domainName}/`].find(
    (text): text is string => LaunchUrl.safeParse(text).success,
  ) ?? null;

const fieldsOf = (change: ChangeSettings): Array<keyof SavedSettings> =>
  (Object.keys(NEEDS) as Array<keyof SavedSettings>).filter((field) => change[field] !== undefined);

/** What somebody needs to change exactly these fields. */
export const capabilitiesFor = (change: ChangeSettings): Capability[] => [
  ...new Set<Capability>(['containers.settingsSee', ...fieldsOf(change).flatMap((field) => NEEDS[field])]),
];

/** Undefined changes nothing; null takes back. */
const chosen = <Value>(wanted: Value | undefined, before: Value): Value => (wanted === undefined ? before : wanted);

export const afterChange = (before: SavedSettings, change: ChangeSettings): SavedSettings => ({
  startupCommand: chosen(change.startupCommand, before.startupCommand),
  installCommand: chosen(change.installCommand, before.installCommand),
  projectProtocol: chosen(change.projectProtocol, before.projectProtocol),
  allowedPorts: chosen(change.allowedPorts, before.allowedPorts),
  domainName: chosen(change.domainName, before.domainName),
  launchUrl: chosen(change.launchUrl, before.launchUrl),
  explorerRoot: chosen(change.explorerRoot, before.explorerRoot),
  consoleDirectory: chosen(change.consoleDirectory, before.consoleDirectory),
});

/** What is different afterwards, as the audit tells it. */
export function changesBetween(
  before: SavedSettings,
  after: SavedSettings,
): Record<string, { from: unknown; to: unknown }> {
  const changed = fieldsOf(after).filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
  return Object.fromEntries(changed.map((field) => [field, { from: before[field], to: after[field] }]));
}

type Folders = { readonly [Field in 'explorerRoot' | 'consoleDirectory']?: string | null | undefined };

/** A folder nobody may choose there: the explorer never reaches more than is shared, and nothing begins in `/proc`. */
export function findFolderIssues({ explorerRoot, consoleDirectory }: Folders, shared: readonly string[]): FieldIssue[] {
  const issues: FieldIssue[] = [];
  if (typeof explorerRoot === 'string' && !isWithin(explorerRoot, shared))
    issues.push({ path: 'explorerRoot', code: 'not_shared', message: `${explorerRoot} is in none of the folders it shares: ${shared.join(', ')}.` }); // prettier-ignore
  if (typeof consoleDirectory === 'string' && !isPlainPath(consoleDirectory))
    issues.push({ path: 'consoleDirectory', code: 'engine_folder', message: `Nothing starts in ${consoleDirectory}.` });
  return issues;
}

type Applied = Pick<EngineInspection, 'command' | 'portRules'>;

/** Whether the container would be another one if it were made anew with what is saved. */
export function isPending({ startupCommand, allowedPorts }: SavedSettings, { command, portRules }: Applied): boolean {
  return (
    (startupCommand !== null && !isStartedWith(command, startupCommand)) ||
    (allowedPorts !== null && !publishes(portRules, allowedPorts))
  );
}

/** By the same words, or by a shell that reads the same line. */
function isStartedWith(command: readonly string[], startup: string): boolean {
  const [shell = '', flag, line, ...rest] = command;
  if (/(^|\/)(sh|bash|ash|dash)$/.test(shell) && flag === '-c' && rest.length === 0) return line === startup;
  const words = toWords(startup);
  return 'words' in words && JSON.stringify(words.words) === JSON.stringify(command);
}

function publishes(rules: readonly PortRule[], ports: readonly number[]): boolean {
  const published = new Set(rules.map(({ containerPort }) => containerPort));
  return published.size === ports.length && ports.every((port) => published.has(port));
}

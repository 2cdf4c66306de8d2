import type { AlertEnd, AlertRule, AlertSeverity, CertificateProblem } from '@bailiwick/contract';
import { toIso } from '../../kernel/clock.js';
import type { Message } from './channel-message.js';
import type { Notice } from './notices.rules.js';

/** As many as one message names; the panel shows the rest. */
const MOST_NAMED = 20;

const TITLES: Readonly<Record<AlertRule, (label: string) => string>> = {
  container_stopped: (label) => `${label} stopped by itself`,
  container_oom: (label) => `${label} ran out of memory`,
  container_unhealthy: (label) => `${label} fails its health check`,
  container_restarting: (label) => `${label} keeps restarting`,
  container_cpu: (label) => `${label} takes all the processors it may have`,
  container_memory: (label) => `${label} is near the end of its memory`,
  container_disk: (label) => `The files of ${label} take much of the disk`,
  host_cpu: (label) => `The processors of ${label} are taken`,
  host_memory: (label) => `The memory of ${label} is nearly full`,
  host_disk: (label) => `A disk of ${label} is nearly full`,
  environment_offline: (label) => `The engine of ${label} is away`,
  certificate: (label) => `The certificate of ${label} needs somebody`,
  operation_failed: (label) => `An operation on ${label} failed`,
  access_requested: (label) => `Somebody asks for access to ${label}`,
};
const SEVERITIES: Readonly<Record<AlertSeverity, string>> = {
  critical: 'Critical',
  warning: 'Warning',
  info: 'For your attention',
};
const CERTIFICATES: Readonly<Record<CertificateProblem, string>> = {
  expiring: 'It ends soon',
  expired: 'It has ended',
  early: 'It has not begun',
  untrusted: 'Nobody known signed it',
  name: 'It is for another name',
};
const ENDS: Readonly<Record<AlertEnd, string>> = {
  recovered: 'It recovered',
  acknowledged: 'It was answered',
  gone: 'What it was about is gone',
  old: 'Nobody answered; it was closed',
  off: 'Its rule was turned off',
};

/** What other people typed in stays on its line, and says nothing to a terminal. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const onOneLine = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ').trim(); // prettier-ignore

export const titleOf = ({ rule, label }: Pick<Notice, 'rule' | 'label'>): string => TITLES[rule](onOneLine(label));

const markOf = ({ about, severity }: Notice): string => (about === 'closed' ? 'Over' : SEVERITIES[severity]);

/** One line: what a mail or a push is headed with. */
export function subjectOf({ notices }: Message): string {
  const [first] = notices;
  if (!first) return 'A test message from Bailiwick';
  if (notices.length === 1) return `${markOf(first)}: ${titleOf(first)}`;
  const over = notices.filter(({ about }) => about === 'closed').length;
  const open = notices.length - over;
  if (open === 0) return `${over} alerts are over`;
  return over === 0 ? `${open} alerts` : `${open} alerts, ${over} are over`;
}

/** All of it in plain lines, the links on lines of their own. */
export function linesOf(message: Message): string[] {
  const { notices, lost, panelUrl } = message;
  const [first] = notices;
  const missed = lost === 0 ? [] : [`${lost} earlier ${lost === 1 ? 'notice was' : 'notices were'} given up while nobody could be told here.`]; // prettier-ignore
  if (!first) return ['Somebody asked for it in the settings. There is nothing to do.', panelUrl];
  if (notices.length === 1) return [...factsOf(first), ...missed, `${panelUrl}/alerts/${first.alertId}`];
  const named = notices.slice(0, MOST_NAMED).map((notice) => `- ${markOf(notice)}: ${titleOf(notice)}`);
  const more = notices.length - named.length;
  return [...named, ...(more === 0 ? [] : [`and ${more} more`]), ...missed, `${panelUrl}/alerts`];
}

function factsOf(notice: Notice): string[] {
  const { about, facts, environment, count, openedAt, lastAt, closedAt, end } = notice;
  return [
    ...(facts.mountpoint === undefined ? [] : [`Disk ${onOneLine(facts.mountpoint)}`]),
    ...(facts.percent === undefined ? [] : [`${facts.percent} % in use`]),
    ...(facts.bytes === undefined ? [] : [`${inMib(facts.bytes)} taken${facts.amount === undefined ? '' : `, ${inMib(facts.amount)} or more is told`}`]), // prettier-ignore
    ...(facts.certificate === undefined ? [] : [`${CERTIFICATES[facts.certificate.problem]}, valid until ${inWords(Date.parse(facts.certificate.validUntil))}`]), // prettier-ignore
    ...(facts.exitCode === undefined ? [] : [`Exit code ${facts.exitCode}`]),
    ...(facts.code === undefined ? [] : [`Reason: ${facts.code}`]),
    ...(facts.by === undefined ? [] : [`Asked by ${onOneLine(facts.by)}`]),
    ...(environment === null ? [] : [`On ${onOneLine(environment)}`]),
    `Since ${inWords(openedAt)}`,
    ...(count > 1 ? [`${count} times, last ${inWords(lastAt)}`] : []),
    ...(about === 'closed' && closedAt !== null ? [`${ENDS[end ?? 'recovered']}, ${inWords(closedAt)}`] : []),
  ];
}

const inMib = (bytes: number): string => `${Math.round(bytes / 1024 ** 2)} MiB`;
const inWords = (epochMs: number): string => `${toIso(epochMs).slice(0, 19).replace('T', ' ')} UTC`;

/** No longer than a receiver takes; what is cut off is marked. */
export const cut = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);

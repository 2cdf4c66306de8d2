export const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'unknown'] as const;
export type Level = (typeof LEVELS)[number];

const WORDS: Record<string, Level> = {
  fatal: 'fatal',
  critical: 'fatal',
  crit: 'fatal',
  panic: 'fatal',
  emerg: 'fatal',
  emergency: 'fatal',
  alert: 'fatal',
  dpanic: 'fatal',
  error: 'error',
  err: 'error',
  eror: 'error',
  severe: 'error',
  warning: 'warn',
  warn: 'warn',
  wrn: 'warn',
  info: 'info',
  information: 'info',
  inf: 'info',
  notice: 'info',
  log: 'info',
  debug: 'debug',
  dbg: 'debug',
  fine: 'debug',
  trace: 'trace',
  trc: 'trace',
  verbose: 'trace',
  finest: 'trace',
};
const WORD = Object.keys(WORDS).join('|');
const JSON_LEVEL = /"(?:level|severity|lvl|loglevel|levelname|@l|log\.level)"\s*:\s*(?:"([a-zA-Z]+)"|(\d{1,2}))/;
const LOGFMT = /(?:^|\s)(?:level|lvl|severity)=("?)([a-zA-Z]+)\1(?=\s|$)/g;
/** The first word, after a time if one stands there: `ERROR ...`, `2026-11-21 10:00:00,123 WARN ...`. */
const START = new RegExp(`^([\\[(]?[\\dT:.,/+Z -]{5,40}[\\])]?\\s+)?(${WORD})(?=[\\s:\\]|]|$)(:)?`, 'i');
const BRACKETED = new RegExp(`[\\[<(|]\\s*(${WORD})\\s*[\\]>)|]`, 'gi');
/** glog and klog: `E1121 10:00:00.123456 1 file.go:10] ...`. */
const KLOG = /^([IWEF])\d{4} \d{2}:\d{2}:\d{2}\.\d+\s/;
const KLOG_LEVELS: Record<string, Level> = { I: 'info', W: 'warn', E: 'error', F: 'fatal' };
/** A word in the middle of a sentence says nothing; capitals with a colon after the time and name do. */
const LOOKED_AT = 400;

/**
 * The level a line states of itself; a line that only speaks of errors has none. Two different levels at the same rank
 * contradict each other, and then there is none either.
 */
export function levelOf(text: string): Level {
  const line = text.slice(0, LOOKED_AT);
  return (
    fromJson(line) ??
    agreed(LOGFMT, line, 2) ??
    fromStart(line) ??
    agreed(BRACKETED, line, 1) ??
    fromKlog(line) ??
    'unknown'
  );
}

/** A line that goes on with what the line before began: a stack trace, wrapped text. */
export function isContinuation(text: string): boolean {
  return /^(?:\s+\S|at |Caused by:|\.\.\. \d+ more|Traceback \(|During handling of|goroutine \d)/.test(text);
}

function fromJson(line: string): Level | undefined {
  if (!line.trimStart().startsWith('{')) return undefined;
  const [, word, number] = JSON_LEVEL.exec(line) ?? [];
  if (word !== undefined) return WORDS[word.toLowerCase()];
  return number === undefined ? undefined : fromNumber(Number(number));
}

/** pino counts 10 to 60 upwards, syslog 0 to 7 downwards. */
function fromNumber(number: number): Level | undefined {
  const pino: Partial<Record<number, Level>> = {
    10: 'trace',
    20: 'debug',
    30: 'info',
    40: 'warn',
    50: 'error',
    60: 'fatal',
  };
  const syslog: readonly Level[] = ['fatal', 'fatal', 'fatal', 'error', 'warn', 'info', 'info', 'debug'];
  return pino[number] ?? syslog[number];
}

/** At the start of a line a small word needs a time before or a colon after it: sentences begin with small words too. */
function fromStart(line: string): Level | undefined {
  const [, time, word, colon] = START.exec(line) ?? [];
  if (word === undefined) return undefined;
  const meant = time !== undefined || colon !== undefined || word === word.toUpperCase();
  return meant ? WORDS[word.toLowerCase()] : undefined;
}

function fromKlog(line: string): Level | undefined {
  const [, letter] = KLOG.exec(line) ?? [];
  return letter === undefined ? undefined : KLOG_LEVELS[letter];
}

function agreed(pattern: RegExp, line: string, group: number): Level | undefined {
  const found = new Set([...line.matchAll(pattern)].flatMap((match) => WORDS[match[group]?.toLowerCase() ?? ''] ?? []));
  if (found.size > 1) return 'unknown';
  return [...found][0];
}

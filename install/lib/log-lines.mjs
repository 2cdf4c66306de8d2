import { StringDecoder } from 'node:string_decoder';
import { dim, red, say, yellow } from './terminal.mjs';

const WIDTH = 4;
const LEVELS = {
  trace: dim('trace'),
  debug: dim('debug'),
  info: 'info ',
  warn: yellow('warn '),
  error: red('error'),
  fatal: red('fatal'),
};
const NUMBERED = { 10: 'trace', 20: 'debug', 30: 'info', 40: 'warn', 50: 'error', 60: 'fatal' };
const PLAIN = new Set(['level', 'time', 'pid', 'hostname', 'msg', 'message', 'name', 'logger']);

/** Writes a service's lines behind its name; a JSON log line becomes one a person can read. */
export function logWriter(name, paint) {
  const prefix = `${paint(name.padEnd(WIDTH))} ${dim('│')} `;
  return {
    lines() {
      const decoder = new StringDecoder('utf8');
      let rest = '';
      return (bytes) => {
        const parts = (rest + decoder.write(bytes)).split('\n');
        rest = parts.pop();
        for (const line of parts) if (line.trim()) say(prefix + readable(line));
      };
    },
  };
}

function readable(line) {
  if (!line.startsWith('{')) return line;
  try {
    const entry = JSON.parse(line);
    const message = entry.msg ?? entry.message;
    if (typeof message !== 'string') return line;
    const details = Object.entries(entry).filter(([key]) => !PLAIN.has(key));
    const shown = details.map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
    const time = new Date(entry.time ?? Date.now()).toLocaleTimeString('en-GB');
    const level = LEVELS[NUMBERED[entry.level] ?? entry.level] ?? entry.level;
    return [dim(time), level, message, dim(shown.join(' '))].filter(Boolean).join(' ');
  } catch {
    // Not JSON after all: it is shown as it came.
    return line;
  }
}

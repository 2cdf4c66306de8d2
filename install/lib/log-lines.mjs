import { StringDecoder } from 'node:string_decoder';
import { dim, red, say, yellow } from './terminal.mjs';

const WIDTH = 4;
const LEVELS = {
  10: dim('trace'),
  20: dim('debug'),
  30: 'info ',
  40: yellow('warn '),
  50: red('error'),
  60: red('fatal'),
};
const PLAIN = new Set(['level', 'time', 'pid', 'hostname', 'msg', 'name']);

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
    if (typeof entry.msg !== 'string') return line;
    const details = Object.entries(entry).filter(([key]) => !PLAIN.has(key));
    const shown = details.map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
    const time = new Date(entry.time).toLocaleTimeString('en-GB');
    return [dim(time), LEVELS[entry.level] ?? entry.level, entry.msg, dim(shown.join(' '))].filter(Boolean).join(' ');
  } catch {
    // Not JSON after all: it is shown as it came.
    return line;
  }
}

import type { DownloadLogs, LogLine } from '@bailiwick/contract';

const ESCAPE = '\u001b';
const COLOURS = new RegExp(`${ESCAPE}\\[[0-9;:?]{0,64}[A-Za-z]`, 'g');

/** Words without what colours them. */
export const withoutColours = (text: string): string => (text.includes(ESCAPE) ? text.replaceAll(COLOURS, '') : text);

type Written = Pick<LogLine, 'at' | 'stream' | 'text'>;

/** A line as it stands in a file. */
export function toFileLine({ at, stream, text }: Written, { format, timestamps, colours }: DownloadLogs): string {
  const words = colours === 'true' ? text : withoutColours(text);
  if (format === 'jsonl') return `${JSON.stringify({ at, stream, text: words })}\n`;
  return timestamps === 'true' ? `${at} ${words}\n` : `${words}\n`;
}

/** Its name, which no container's name can lead astray. */
export const fileName = (name: string, at: string, { format, gzip }: Pick<DownloadLogs, 'format' | 'gzip'>): string =>
  `${name.replaceAll(/[^a-zA-Z0-9_.-]/g, '-')}-${at.slice(0, 19).replaceAll(':', '')}.${format}${gzip === 'true' ? '.gz' : ''}`;

export const fileType = ({ format, gzip }: Pick<DownloadLogs, 'format' | 'gzip'>): string =>
  gzip === 'true'
    ? 'application/gzip'
    : format === 'jsonl'
      ? 'application/x-ndjson; charset=utf-8'
      : 'text/plain; charset=utf-8';

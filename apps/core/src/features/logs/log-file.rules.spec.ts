import { describe, expect, it } from '@jest/globals';
import { DownloadLogs } from '@bailiwick/contract';
import { fileName, fileType, toFileLine } from './log-file.rules.js';

const line = {
  at: '2026-01-01T00:00:00.123456789Z',
  stream: 'stderr' as const,
  text: 'a \u001b[31mred\u001b[0m "word"',
};
const asked = (query: object) => DownloadLogs.parse(query);

describe('a line in a file', () => {
  it('has its time and its colours unless told otherwise', () => {
    expect(toFileLine(line, asked({}))).toBe(`${line.at} ${line.text}\n`);
    expect(toFileLine(line, asked({ timestamps: 'false', colours: 'false' }))).toBe('a red "word"\n');
  });

  it('is an object in lines of JSON', () => {
    expect(JSON.parse(toFileLine(line, asked({ format: 'jsonl' })))).toEqual(line);
    expect(JSON.parse(toFileLine(line, asked({ format: 'jsonl', colours: 'false' })))).toEqual({ ...line, text: 'a red "word"' }); // prettier-ignore
  });
});

describe('the file', () => {
  it('says in its name and type what it is', () => {
    const at = '2026-01-01T00:00:00.123Z';
    expect(fileName('my/../"app"', at, asked({}))).toBe('my-..--app--2026-01-01T000000.log');
    expect(fileName('app', at, asked({ format: 'jsonl', gzip: 'true' }))).toBe('app-2026-01-01T000000.jsonl.gz');
    expect([{}, { format: 'jsonl' }, { format: 'jsonl', gzip: 'true' }].map((query) => fileType(asked(query)))).toEqual(
      ['text/plain; charset=utf-8', 'application/x-ndjson; charset=utf-8', 'application/gzip'],
    );
  });
});

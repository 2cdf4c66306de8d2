import { describe, expect, it } from '@jest/globals';
import { isContinuation, type Level, levelOf } from '@bailiwick/contract/log-levels';

const CORPUS: Record<Level, string[]> = {
  fatal: [
    '{"level":60,"msg":"down"}',
    '{"severity":"CRITICAL","message":"no disk"}',
    'level=fatal msg="cannot bind"',
    'FATAL: database system is shut down',
    '2026-11-21 10:00:00.123 [CRIT] no space left',
    'F1121 10:00:00.123456       1 main.go:10] exit',
    'PANIC: could not write to file',
  ],
  error: [
    '{"level":"error","msg":"boom"}',
    '{"time":1,"level":50,"msg":"boom"}',
    '{"@l":"Error","@m":"boom"}',
    '{"log.level":"ERROR","message":"boom"}',
    'time="2026-11-21T10:00:00Z" level=error msg="boom"',
    'ts=1 lvl="err" boom',
    'ERROR boom',
    'Error: boom',
    'error: boom',
    '2026-11-21 10:00:00,123 ERROR root: boom',
    '2026-11-21T10:00:00.123Z ERROR boom',
    '2026/11/21 10:00:00 [error] 31#31: *1 open() failed',
    '[2026-11-21 10:00:00] ERROR in app: boom',
    'app | [ERROR] boom',
    'E1121 10:00:00.123456       1 reflector.go:138] boom',
    '<err> boom',
    'SEVERE: boom',
    '10:00:00.123 ERROR boom',
  ],
  warn: [
    '{"level":40,"msg":"hm"}',
    '{"severity":"WARNING"}',
    'level=warning msg=hm',
    'WARN hm',
    'WARNING: hm',
    'warn: hm',
    '2026-11-21 10:00:00 [Warning] hm',
    'W1121 10:00:00.123456       1 x.go:1] hm',
    '1:C 21 Nov 2026 10:00:00.000 [WARN] overcommit',
    '2026-11-21T10:00:00+01:00 WRN hm',
  ],
  info: [
    '{"level":30,"msg":"up"}',
    '{"level":"info"}',
    '{"levelname":"INFO","message":"up"}',
    'level=info msg="an error was handled"',
    'INFO  up',
    '[INFO] up',
    '2026-11-21 10:00:00 INFO up',
    'LOG:  database system is ready to accept connections',
    '2026/11/21 10:00:00 [notice] 1#1: start worker processes',
    'I1121 10:00:00.123456       1 server.go:1] up',
    '[Info] failed=0',
    'notice: nothing wrong',
  ],
  debug: [
    '{"level":20}',
    'level=debug x=1',
    'DEBUG x',
    '[debug] x',
    '2026-11-21 10:00:00,123 - DEBUG - x'.replace(' - DEBUG - ', ' DEBUG '),
  ],
  trace: ['{"level":10}', 'TRACE x', '[TRACE] x', 'level=trace', 'VERBOSE x'],
  unknown: [
    '',
    'plain text',
    'an error occurred while nothing was wrong',
    'failed to fetch, will retry',
    'exception handling is on',
    '10.0.0.1 - - [21/Nov/2026:10:00:00 +0000] "GET /error HTTP/1.1" 200 5',
    'GET /info 200',
    '[INFO] then [ERROR]',
    'level=info level=error',
    'information overload',
    'errors: 0'.replace('errors', 'Total errors'),
    'debugger attached',
    '{"message":"level is error"}',
    '{"level":"strange"}',
    '{"level":99}',
    'http://example.com/?level=error&x=1',
    'warnings were 0',
    'the word ERROR in the middle',
    '    at com.example.Main.main(Main.java:5)',
    '=====',
  ],
};

describe('the level of a line', () => {
  for (const [level, lines] of Object.entries(CORPUS))
    it.each(lines)(`is ${level} for %j`, (line) => {
      expect(levelOf(line)).toBe(level);
    });

  it('does not take long to find in a long line', () => {
    const started = performance.now();
    for (let round = 0; round < 2000; round += 1) levelOf(`${'x ['.repeat(5000)}`);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('a continuation', () => {
  it.each([
    '    at f (x.js:1:2)',
    '\tat Main.main(Main.java)',
    'Caused by: java.io.IOException',
    '  "key": 1',
    'Traceback (most recent call last):',
    '... 12 more',
  ])('is seen in %j', (line) => {
    expect(isContinuation(line)).toBe(true);
  });

  it.each(['', 'a line', 'attention', 'ERROR x', '   '])('is not seen in %j', (line) => {
    expect(isContinuation(line)).toBe(false);
  });
});

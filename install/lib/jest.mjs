import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { attempt } from './commands.mjs';
import { at } from './paths.mjs';

const LIMIT_MS = 15 * 60_000;
/** A guarantee about what happens is not one about how busy this machine is. */
const TEST_MS = 30_000;

/** Runs the specs of one workspace that match, or a `part` of them ("1/3"); gives what passed, what failed with its story, and what was skipped. */
export async function runJest(place, { match, except = [], env = {}, workers = 1, part }) {
  const folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-jest-'));
  const report = path.join(folder, 'report.json');
  const node = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];
  const ignored = ['/node_modules/', ...except].flatMap((pattern) => ['--testPathIgnorePatterns', pattern]);
  const args = [
    ...node,
    '--json',
    `--outputFile=${report}`,
    `--maxWorkers=${workers}`,
    `--testTimeout=${TEST_MS}`,
    '--forceExit',
    ...(part ? [`--shard=${part}`] : []),
    ...ignored,
  ];
  try {
    const { code, output } = await attempt(
      process.execPath,
      [...args, ...match.flatMap((m) => ['--testPathPatterns', m])],
      {
        cwd: at(place),
        env: { NODE_ENV: 'test', CI: '1', ...env },
        timeoutMs: LIMIT_MS,
        detached: true,
      },
    );
    return read(report, code, output);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function read(report, code, output) {
  let result;
  try {
    result = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    // No report: the runner itself died or was ended at its limit.
    return {
      passed: 0,
      skipped: 0,
      failures: [{ name: `the test runner ended with ${code}`, text: output.slice(-6000) }],
    };
  }
  if (result.numTotalTestSuites === 0)
    return { passed: 0, skipped: 0, failures: [{ name: 'no test was found', text: 'No test file matched.' }] };
  const failures = result.testResults.flatMap(failuresOf);
  if (code !== 0 && failures.length === 0)
    failures.push({ name: `the test runner ended with ${code}`, text: output.slice(-6000) });
  return { passed: result.numPassedTests, skipped: result.numPendingTests + result.numTodoTests, failures };
}

function failuresOf({ name, status, message, assertionResults }) {
  const file = path.relative(at(), name);
  const failed = assertionResults.filter((test) => test.status === 'failed');
  if (failed.length === 0)
    return status === 'failed' ? [{ name: `${file} could not run`, text: `${file}\n${message}` }] : [];
  // The runner's own account of a file has every failure in it, with the line it happened on.
  return failed.map(({ fullName }, position) => ({
    name: `${file} › ${fullName}`,
    text: position === 0 ? `${file}\n${message}` : '',
  }));
}

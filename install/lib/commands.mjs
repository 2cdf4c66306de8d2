import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';

/** What we start colours its words exactly when ours are seen by a person. */
const COLOUR = process.stdout.isTTY && !process.env.NO_COLOR ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' };
const KEPT_BYTES = 4 * 1024 * 1024;

export class CommandFailed extends Error {
  constructor(command, code, output) {
    super(`${command} ended with ${code}\n${output.slice(-4000)}`);
    this.output = output;
    this.code = code;
  }
}

/** Runs a command without a terminal and gives its exit code and what it printed, both streams together. */
export function attempt(command, args, { timeoutMs, input, onLine, env, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: [input ? 'pipe' : 'ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...COLOUR, ...env },
      ...options,
    });
    let output = '';
    const keep = (bytes) => {
      output = (output + bytes).slice(-KEPT_BYTES);
      onLine?.(String(bytes));
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    if (input) child.stdin.end(input);
    const timer = timeoutMs && setTimeout(() => endGroup(child, options.detached), timeoutMs);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code: code ?? signal, output });
    });
  });
}

function endGroup(child, detached) {
  if (detached) process.kill(-child.pid, 'SIGKILL');
  else child.kill('SIGKILL');
}

/** The same, where anything but success is an error that carries the output. */
export async function run(command, args, options) {
  const { code, output } = await attempt(command, args, options);
  if (code !== 0) throw new CommandFailed([command, ...args].join(' '), code, output);
  return output;
}

/** The full path of a program on the search path (and in the folders of system programs), or undefined. */
export function findProgram(name) {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/sbin', '/usr/local/sbin'];
  return folders
    .filter(Boolean)
    .map((folder) => path.join(folder, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

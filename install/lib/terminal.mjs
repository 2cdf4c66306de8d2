import { writeSync } from 'node:fs';
import { CommandFailed } from './commands.mjs';

const coloured =
  !process.env.NO_COLOR && (process.env.FORCE_COLOR ? process.env.FORCE_COLOR !== '0' : process.stdout.isTTY === true);
const paint = (code) => (text) => (coloured ? `\u001b[${code}m${text}\u001b[0m` : text);

export const bold = paint('1');
export const dim = paint('2');
export const red = paint('31');
export const green = paint('32');
export const yellow = paint('33');
export const blue = paint('34');
export const magenta = paint('35');

/** Something the person can put right: what is wrong, and the one thing to do about it. */
export class Trouble extends Error {}

export const say = (line = '') => writeOut(`${line}\n`);
export const warn = (line) => say(`${yellow('!')} ${line}`);

function writeOut(text) {
  try {
    writeSync(1, text);
  } catch (error) {
    // A full pipe takes the rest when it can; whoever closed it no longer reads.
    if (error.code === 'EAGAIN') process.stdout.write(text);
    else if (error.code !== 'EPIPE') throw error;
  }
}

export const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

const SLOW_MS = 3000;

/** Runs one piece of work and shows it as a line with a tick and its time; a slow one says that it has begun. */
export async function step(title, work, describe = () => title) {
  const since = performance.now();
  const begun = setTimeout(() => say(`${dim('…')} ${title}`), SLOW_MS);
  try {
    const result = await work();
    say(`${green('✓')} ${describe(result)} ${dim(seconds(since))}`);
    return result;
  } catch (error) {
    say(`${red('✗')} ${title} ${dim(seconds(since))}`);
    throw error;
  } finally {
    clearTimeout(begun);
  }
}

/** Ends the process on what a person can fix with one sentence, on what we got wrong with the whole story. */
export function fail(error) {
  if (error instanceof Trouble) say(`${red(bold('Cannot go on.'))} ${error.message}`);
  else if (error instanceof CommandFailed) say(error.message);
  else console.error(error);
  process.exitCode = 1;
}

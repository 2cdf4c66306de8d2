import { CommandFailed } from './commands.mjs';
import { bold, dim, green, red, say, seconds, Trouble, yellow } from './terminal.mjs';

const SHOWN_LINES = 60;

/** Adds up what passed and what failed; a check counts as one, a test run as many as it ran. */
export class Suite {
  #passed = 0;
  #skipped = 0;
  #failures = [];
  #notices = [];

  notice(line) {
    this.#notices.push(line);
  }

  /** One command that is right or wrong. */
  async check(title, work) {
    await this.tests(title, async () => {
      await work();
      return { passed: 1, failures: [], skipped: 0 };
    });
  }

  /** A run that reports `{passed, failures: [{name, text}], skipped}`. */
  async tests(title, work) {
    const since = performance.now();
    say(`${dim('…')} ${title}`);
    const { passed, failures, skipped } = await work().catch((error) => ({
      passed: 0,
      skipped: 0,
      failures: [{ name: title, text: wordsOf(error) }],
    }));
    this.#passed += passed;
    this.#skipped += skipped;
    this.#failures.push(...failures.map((failure) => ({ ...failure, title })));
    const counts = passed + failures.length > 1 ? ` ${passed} passed, ${failures.length} failed` : '';
    say(`${failures.length === 0 ? green('✓') : red('✗')} ${title}${counts} ${dim(seconds(since))}`);
    for (const { text } of failures.filter((failure) => failure.text !== '')) say(text.trimEnd());
  }

  /** The last word; the last line is the one that machines read. */
  summary(since) {
    say();
    for (const { title, name } of this.#failures) say(`${red('✗')} ${title}: ${name}`);
    for (const line of this.#notices) say(`${yellow('!')} ${line}`);
    if (this.#skipped > 0) say(`${yellow('!')} ${this.#skipped} skipped`);
    say(dim(`in ${seconds(since)}`));
    say(bold(`${this.#passed} passed, ${this.#failures.length} failed`));
    return this.#failures.length === 0;
  }
}

function wordsOf(error) {
  if (error instanceof Trouble) return error.message;
  if (!(error instanceof CommandFailed)) return error.stack ?? String(error);
  return error.output.trim().split('\n').slice(-SHOWN_LINES).join('\n');
}

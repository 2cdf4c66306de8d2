import type { Config } from '../../config.js';

/** Before the effect (its intent is written), after it (its result is not), and after the result is. */
export type Moment = 'before' | 'after-effect' | 'after-result';

/** Dies where a test said so, as if the power went: `BAILIWICK_FAILPOINT=crash@<step>:<moment>`. Never in production. */
export class Failpoint {
  private readonly place: string | undefined;

  constructor(config: Pick<Config, 'BAILIWICK_ENV' | 'BAILIWICK_FAILPOINT'>) {
    this.place = config.BAILIWICK_ENV === 'production' ? undefined : config.BAILIWICK_FAILPOINT;
  }

  reach(step: string, moment: Moment): void {
    if (this.place === `crash@${step}:${moment}`) process.kill(process.pid, 'SIGKILL');
  }
}

/** What came instead of what was expected. */
class Unmet extends Error {}

export interface Check {
  title: string;
  expected: string;
  isPassed: boolean;
  /** What came; empty where it is what was expected. */
  came: string;
}

/** Checks one after the other; each is told as soon as it is done. */
export class Checks {
  readonly done: Check[] = [];

  constructor(private readonly tell: (check: Check) => void = () => undefined) {}

  /** `work` throws what came instead. */
  async check(title: string, expected: string, work: () => unknown): Promise<boolean> {
    let came = '';
    try {
      await work();
    } catch (error) {
      came = error instanceof Error ? error.message : String(error);
      if (came === '') came = 'an error without words';
    }
    const check = { title, expected, isPassed: came === '', came };
    this.done.push(check);
    this.tell(check);
    return check.isPassed;
  }
}

export function unmet(came: string): never {
  throw new Unmet(came);
}

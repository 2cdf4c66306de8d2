/** One at a time, in the order asked. */
export class Mutex {
  private last: Promise<unknown> = Promise.resolve();

  run<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.last.then(work, work);
    this.last = result.catch(() => undefined); // the caller sees the failure; the queue goes on
    return result;
  }
}

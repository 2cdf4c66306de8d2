import { Mutex } from './mutex.js';

/** One at a time of each key, in the order asked. */
export class Turns<Key> {
  private readonly queues = new Map<Key, { mutex: Mutex; waiting: number }>();

  async run<Result>(key: Key, work: () => Promise<Result>): Promise<Result> {
    const queue = this.queues.get(key) ?? { mutex: new Mutex(), waiting: 0 };
    this.queues.set(key, queue);
    queue.waiting += 1;
    try {
      return await queue.mutex.run(work);
    } finally {
      queue.waiting -= 1;
      if (queue.waiting === 0) this.queues.delete(key);
    }
  }
}

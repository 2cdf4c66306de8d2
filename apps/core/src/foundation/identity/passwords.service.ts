import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { HashingQueue } from './hashing-queue.js';

/** Argon2id, 19 MiB and two passes: about 15 ms of a core for each try. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const NOBODY = 'the password of nobody';

/** Hashes and checks passwords, at most two at once. */
@Injectable()
export class PasswordsService {
  private readonly queue = new HashingQueue({ atOnce: 2, queued: 20 });
  private nobodysHash: Promise<string> | undefined;

  hash(password: string): Promise<string> {
    return this.queue.run(() => hash(password, COST));
  }

  /** An unknown account costs the same work as a known one, so that time does not tell them apart. */
  async verify(passwordHash: string | undefined, password: string): Promise<boolean> {
    this.nobodysHash ??= hash(NOBODY, COST);
    const against = passwordHash ?? (await this.nobodysHash);
    const matches = await this.queue.run(() => verify(against, password));
    return matches && passwordHash !== undefined;
  }
}

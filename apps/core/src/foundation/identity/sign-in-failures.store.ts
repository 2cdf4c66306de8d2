import { Injectable } from '@nestjs/common';
import { type EntityManager, LessThan } from 'typeorm';
import { SignInFailure } from './sign-in-failure.entity.js';
import type { Tries } from './sign-in-limits.rules.js';

@Injectable()
export class SignInFailuresStore {
  async find(rows: EntityManager, key: string): Promise<Tries | undefined> {
    return (await rows.findOneBy(SignInFailure, { key })) ?? undefined;
  }

  async put(rows: EntityManager, key: string, tries: Tries): Promise<void> {
    await rows.upsert(SignInFailure, { key, ...tries }, ['key']);
  }

  async remove(rows: EntityManager, key: string): Promise<void> {
    await rows.delete(SignInFailure, { key });
  }

  async forgetBefore(rows: EntityManager, before: number): Promise<void> {
    await rows.delete(SignInFailure, { windowStartedAt: LessThan(before) });
  }
}

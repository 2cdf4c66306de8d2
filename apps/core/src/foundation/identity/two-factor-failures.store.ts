import { Injectable } from '@nestjs/common';
import { type EntityManager, LessThan } from 'typeorm';
import { TwoFactorFailure } from './two-factor-failure.entity.js';
import type { CodeTries } from './two-factor-limits.rules.js';

@Injectable()
export class TwoFactorFailuresStore {
  async find(rows: EntityManager, key: string): Promise<CodeTries | undefined> {
    return (await rows.findOneBy(TwoFactorFailure, { key })) ?? undefined;
  }

  async put(rows: EntityManager, key: string, tries: CodeTries): Promise<void> {
    await rows.upsert(TwoFactorFailure, { key, ...tries }, ['key']);
  }

  async remove(rows: EntityManager, key: string): Promise<void> {
    await rows.delete(TwoFactorFailure, { key });
  }

  async forgetBefore(rows: EntityManager, before: number): Promise<void> {
    await rows.delete(TwoFactorFailure, { lastTriedAt: LessThan(before) });
  }
}

import { expect } from '@jest/globals';
import { InvariantsService } from '../src/foundation/operations/invariants.service.js';
import { OperationRunner } from '../src/foundation/operations/operation.runner.js';
import type { TestApp } from './app.js';

/** Core, database and engine agree; what is wrong is in the failure. */
export async function checkInvariants({ app }: Pick<TestApp, 'app'>): Promise<void> {
  const runner = app.get(OperationRunner);
  const report = await app.get(InvariantsService).check(({ id }) => runner.find(id) !== undefined);
  expect(report).toEqual({ violations: [], unchecked: [] });
}

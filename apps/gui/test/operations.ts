import type { Operation, OperationStep } from '@bailiwick/contract';

export function aStep(overrides: Partial<OperationStep> = {}): OperationStep {
  return {
    name: 'create',
    state: 'pending',
    startedAt: null,
    finishedAt: null,
    percent: null,
    note: null,
    attempts: 0,
    ...overrides,
  };
}

/** A deployment that is running, changed where the test says so. */
export function anOperation(overrides: Partial<Operation> = {}): Operation {
  return {
    id: 'op_aaaaaaaaaaaaaaaa',
    name: 'containers.deploy',
    state: 'running',
    tenantId: 'ten_aaaaaaaaaaaaaaaa',
    environmentId: 'env_aaaaaaaaaaaaaaaa',
    target: { containerId: null, label: 'shop' },
    startedBy: { id: 'usr_aaaaaaaaaaaaaaaa', displayName: 'Ada' },
    createdAt: '2026-01-01T00:00:00.000Z',
    startedAt: '2026-01-01T00:00:01.000Z',
    finishedAt: null,
    steps: [],
    error: null,
    failedStep: null,
    result: null,
    rights: { can: [], why: {} },
    ...overrides,
  };
}

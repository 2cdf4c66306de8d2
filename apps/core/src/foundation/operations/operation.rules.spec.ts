import { describe, expect, it } from '@jest/globals';
import { OperationState } from '@bailiwick/contract';
import { conflict } from '../../kernel/errors.js';
import { assertTransition, canBecome, isFinished, toOperationError } from './operation.rules.js';

const STATES = OperationState.options;

describe('the states of an operation', () => {
  it('lead nowhere once it is finished', () => {
    const finished = STATES.filter(isFinished);
    expect(finished).toEqual(['done', 'failed', 'cancelled']);
    for (const from of finished) for (const to of STATES) expect(canBecome(from, to)).toBe(false);
  });

  it('lead to an end from everywhere else', () => {
    for (const from of STATES.filter((state) => !isFinished(state))) {
      const reached = new Set<OperationState>([from]);
      for (const state of reached) for (const to of STATES) if (canBecome(state, to)) reached.add(to);
      expect([...reached].some(isFinished)).toBe(true);
    }
  });

  it('refuse to be cancelled without being asked to', () => {
    expect(() => assertTransition('running', 'cancelled')).toThrow();
  });
});

describe('what is kept of a failure', () => {
  it('is the code, the words and the params of an expected one', () => {
    expect(toOperationError(conflict('name_taken', 'Taken.', { params: { name: 'x' }, raw: 'docker' }))).toEqual({
      code: 'name_taken',
      message: 'Taken.',
      params: { name: 'x' },
      raw: 'docker',
    });
  });

  it('is nothing of a bug', () => {
    expect(JSON.stringify(toOperationError(new Error('secret at /etc/passwd')))).not.toMatch(/secret/);
  });
});

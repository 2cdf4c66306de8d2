import { describe, expect, it } from '@jest/globals';
import { MessageBudget } from './message-budget.js';

const spendAll = (budget: MessageBudget, atMs: number): number => {
  let spent = 0;
  while (budget.spend(atMs)) spent += 1;
  return spent;
};

describe('what a connection may say', () => {
  it('is 200 messages at once and 50 a second', () => {
    const budget = new MessageBudget(0);
    expect(spendAll(budget, 0)).toBe(200);
    expect(spendAll(budget, 1000)).toBe(50);
    expect(spendAll(budget, 1000)).toBe(0);
  });

  it('never saves up more than one burst', () => {
    expect(spendAll(new MessageBudget(0), 3_600_000)).toBe(200);
  });

  it('grows by one for each message it was sent, so that an answer is always allowed', () => {
    const budget = new MessageBudget(0);
    spendAll(budget, 0);
    budget.earn(1);
    expect(spendAll(budget, 0)).toBe(1);
  });
});

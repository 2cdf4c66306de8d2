import { describe, expect, it } from '@jest/globals';
import {
  isAmount,
  THRESHOLD_FORM_RULES,
  toAmount,
  toAmountText,
  toThreshold,
  toThresholdValues,
} from './alert-rule-form.rules.ts';

const { percent, minutes } = THRESHOLD_FORM_RULES;

describe('the number of a rule', () => {
  it('is written in whole percent and in minutes', () => {
    expect(toThresholdValues({ percent: 90, durationMs: 600_000 })).toEqual({ percent: '90', minutes: '10' });
    expect(toThreshold({ percent: ' 85 ', minutes: '1,5' })).toEqual({ percent: 85, durationMs: 90_000 });
  });

  it('is between one and a hundred', () => {
    expect(['1', '100', ' 50 '].every(percent)).toBe(true);
    expect(['', '0', '101', '5.5', '-1', 'much'].some(percent)).toBe(false);
  });

  it('of days is a whole one within what the rule holds', () => {
    expect(['1', ' 14 ', '365'].every((text) => isAmount('certificate', text))).toBe(true);
    expect(['', '0', '366', '1.5', 'soon'].some((text) => isAmount('certificate', text))).toBe(false);
  });

  it('of bytes is written in whole MiB', () => {
    expect(toAmountText('container_disk', 10 * 1024 ** 3)).toBe('10240');
    expect(toAmount('container_disk', ' 512 ')).toBe(512 * 1024 ** 2);
    expect(['1', '1073741824'].every((text) => isAmount('container_disk', text))).toBe(true);
    expect(['0', '1073741825', '1.5'].some((text) => isAmount('container_disk', text))).toBe(false);
  });

  it('holds for a second to a day', () => {
    expect(['0.5', '0,02', '1440'].every(minutes)).toBe(true);
    expect(['', '0', '0.01', '1441', 'long'].some(minutes)).toBe(false);
  });
});

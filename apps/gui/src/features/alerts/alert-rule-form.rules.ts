import { type AlertThreshold, AMOUNT_RULES, type AmountRule, AMOUNTS } from '@bailiwick/contract';

export const THRESHOLD_FIELDS = ['percent', 'minutes'] as const;
export type ThresholdField = (typeof THRESHOLD_FIELDS)[number];
type Values = Record<ThresholdField, string>;

const MINUTE_MS = 60_000;
const SECOND_MS = 1000;
const DAY_MINUTES = 1440;

const toNumber = (text: string): number => Number(text.trim().replace(',', '.'));

export const THRESHOLD_FORM_RULES: Record<ThresholdField, (text: string) => boolean> = {
  percent: (text) => /^\d{1,3}$/.test(text.trim()) && toNumber(text) >= 1 && toNumber(text) <= 100,
  minutes: (text) =>
    /^\d+([.,]\d+)?$/.test(text.trim()) && toNumber(text) * MINUTE_MS >= SECOND_MS && toNumber(text) <= DAY_MINUTES,
};

/** Minutes as people write them; what is no whole number of them keeps two digits. */
export const toThresholdValues = ({ percent, durationMs }: AlertThreshold): Values => ({
  percent: String(percent),
  minutes: String(Math.round((durationMs / MINUTE_MS) * 100) / 100),
});

export const toThreshold = ({ percent, minutes }: Values): AlertThreshold => ({
  percent: toNumber(percent),
  durationMs: Math.round(toNumber(minutes) * MINUTE_MS),
});

/** A whole number within what its rule holds. */
export const isAmount = (rule: AmountRule, text: string): boolean => {
  const { least, most } = AMOUNTS[rule];
  const amount = toAmount(rule, text);
  return /^\d{1,12}$/.test(text.trim()) && amount >= least && amount <= most;
};
/** Bytes are written as whole MiB. */
const FACTORS = { days: 1, bytes: 1024 ** 2 };
export const toAmount = (rule: AmountRule, text: string): number => toNumber(text) * FACTORS[AMOUNTS[rule].unit];
export const toAmountText = (rule: AmountRule, amount: number): string =>
  String(Math.round(amount / FACTORS[AMOUNTS[rule].unit]));
export const isAmountRule = (rule: string): rule is AmountRule => AMOUNT_RULES.some((each) => each === rule);

import { useLocale, useTranslations } from 'next-intl';
import { useCallback } from 'react';
import type { Capability, CapabilityGroup, Risk, Rule, RuleStep } from '@bailiwick/contract';
import { type CapabilityNoun, isCautioned } from './capability.rules.ts';

export interface CapabilityWords {
  name(this: void, capability: Capability): string;
  /** As it follows its noun: "read logs". */
  verb(this: void, capability: Capability): string;
  /** What it lets somebody do. */
  sentence(this: void, capability: Capability): string;
  /** What to think of before a critical one is handed on; null for the others. */
  caution(this: void, capability: Capability): string | null;
  noun(this: void, noun: CapabilityNoun): string;
  group(this: void, group: CapabilityGroup): string;
  risk(this: void, risk: Risk): string;
  rule(this: void, rule: Rule): string;
  /** What a rule said when it was asked. */
  step(this: void, step: Pick<RuleStep, 'rule' | 'effect'>): string;
}

/** What capabilities, their groups and the rules of access are called. */
export function useCapabilityWords(): CapabilityWords {
  const t = useTranslations('capabilities');
  return {
    name: (capability) => t(`of.${capability}.name`),
    verb: (capability) => t(`of.${capability}.verb`),
    sentence: (capability) => t(`of.${capability}.sentence`),
    caution: (capability) => (isCautioned(capability) ? t(`caution.${capability}`) : null),
    noun: (noun) => t(`noun.${noun}`),
    group: (group) => t(`group.${group}`),
    risk: (risk) => t(`risk.${risk}`),
    rule: (rule) => t(`rule.${rule}.name`),
    step: ({ rule, effect }) => t(`rule.${rule}.${effect}`),
  };
}

/** The name of what came as text; null where it is no capability this panel knows. */
export function useCapabilityName(): (text: string) => string | null {
  const t = useTranslations('capabilities');
  return useCallback(
    (text: string) => {
      const isKnown = (key: string): key is Capability => t.has(`of.${key as Capability}.name`);
      return isKnown(text) ? t(`of.${text}.name`) : null;
    },
    [t],
  );
}

/** Names in one sentence; what this panel does not know stays as it came. */
export function useCapabilityList(): (texts: readonly string[]) => string {
  const toName = useCapabilityName();
  const list = new Intl.ListFormat(useLocale(), { type: 'conjunction' });
  return (texts) => list.format(texts.map((text) => toName(text) ?? text));
}

'use client';

import { createContext, useContext } from 'react';
import type { Configuration, Container, HowApplied, Why } from '@bailiwick/contract';
import type { ConfigurationForm, FormField } from './configuration-form.rules.ts';

/** What every section of the form needs. */
export interface SettingsDesk {
  container: Container;
  applied: Configuration;
  form: ConfigurationForm;
  change: (fields: Partial<ConfigurationForm>) => void;
  /** A field is judged once it was left. */
  leave: (at: string) => void;
  errorOf: (at: string) => string | undefined;
  /** How what is different in a field comes about; undefined where nothing is, or it is not known yet. */
  howOf: (field: FormField) => HowApplied | undefined;
  isChanged: (field: FormField) => boolean;
  /** Why this person may not change a field; null where they may. */
  refusalOf: (field: FormField) => Why | null;
}

const Desk = createContext<SettingsDesk | null>(null);
export const SettingsDeskProvider = Desk.Provider;

export function useSettingsDesk(): SettingsDesk {
  const desk = useContext(Desk);
  if (desk === null) throw new Error('Only inside the settings of a container.');
  return desk;
}

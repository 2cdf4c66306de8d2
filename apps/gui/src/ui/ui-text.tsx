'use client';

import { createContext, type ReactNode, useContext } from 'react';

/** The few words primitives say themselves; the shell hands them over in the person's language. */
export interface UiText {
  close: string;
  copy: string;
  copied: string;
  loading: string;
  required: string;
}

const UiTextContext = createContext<UiText>({ close: '', copy: '', copied: '', loading: '', required: '' });

export function UiTextProvider({ text, children }: { text: UiText; children: ReactNode }) {
  return <UiTextContext value={text}>{children}</UiTextContext>;
}

export const useUiText = (): UiText => useContext(UiTextContext);

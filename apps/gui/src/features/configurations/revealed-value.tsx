'use client';

import { useMutation } from '@tanstack/react-query';
import { Eye, EyeOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { RevealedVariable } from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { DisabledReason } from '../../ui/tooltip.tsx';
import { useNeeds } from '../identity/needs.ts';
import { useSettingsDesk } from './settings-desk.ts';

export interface Reveal {
  /** Undefined while it is hidden. */
  readonly value: string | undefined;
  readonly error: ApiError | null;
  readonly isPending: boolean;
  readonly toggle: () => void;
}

/** Asked of the core each time, and forgotten as soon as it is hidden. */
export function useReveal(name: string): Reveal {
  const { container } = useSettingsDesk();
  const { data, error, isPending, mutate, reset } = useMutation({
    mutationFn: () =>
      api<RevealedVariable>('POST', `/containers/${container.id}/configuration/reveal`, { body: { name } }),
    gcTime: 0,
    throwOnError: (failure) => !(failure instanceof ApiError),
  });
  return {
    value: data?.value,
    error: error instanceof ApiError ? error : null,
    isPending,
    toggle: () => (data === undefined ? mutate() : reset()),
  };
}

export function RevealButton({ name, reveal }: { name: string; reveal: Reveal }) {
  const t = useTranslations('configuration.env');
  const { container } = useSettingsDesk();
  const needs = useNeeds();
  const reason = needs(container, 'containers.settingsSecrets');
  const isShown = reveal.value !== undefined;
  return (
    <DisabledReason reason={reason}>
      <IconButton
        label={t(isShown ? 'hide' : 'show', { name })}
        disabled={reason !== null || reveal.isPending}
        onClick={reveal.toggle}
      >
        {isShown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
      </IconButton>
    </DisabledReason>
  );
}

'use client';

import { useEffect, useEffectEvent, useMemo, useState, useSyncExternalStore } from 'react';
import type { Draft, Preset, Project } from '@bailiwick/contract';
import { changeAddress } from '../../lib/address.ts';
import { api } from '../../lib/api.ts';
import { draftOf, findDraft, keepDraft, openDraft } from './deploy-draft.ts';
import { type DeployForm, startForm } from './deploy-form.rules.ts';
import { restoreForm, withoutSecrets } from './kept-form.rules.ts';
import { DraftKeeper } from './draft-keeper.ts';

interface Wanted {
  preset: Preset;
  takenNames: readonly string[];
  projects: readonly Project[];
  fill: ((fresh: DeployForm) => DeployForm) | undefined;
  /** The one in the address, as the core keeps it. */
  saved: Draft | null;
  drafted: Drafted;
}

/** As what it is kept in the core. */
export interface Drafted {
  /** Null for an image. */
  readonly preset: string | null;
  /** What is kept beside the form. */
  readonly beside?: Record<string, unknown>;
  /** Something was typed before: it is kept before anything is typed into the form. */
  readonly begun?: true;
}

/** The form as it is edited: kept in the tab with each letter, and in the core when the person pauses. */
export function useDraft(address: string, { preset, takenNames, projects, fill, saved, drafted }: Wanted) {
  const [fresh] = useState(() => {
    const form = startForm(preset, takenNames);
    return fill?.(form) ?? form;
  });
  const [start] = useState(() => (saved === null ? fresh : restoreForm(fresh, saved.content['form'], projects)));
  const [edited, setEdited] = useState<DeployForm | null>(null);
  const text = useSyncExternalStore(
    nothingToWatch,
    () => findDraft(address),
    () => null,
  );
  const kept = useMemo(() => openDraft(text, saved, start, projects), [text, saved, start, projects]);
  const [keeper] = useState(() => new DraftKeeper({ preset: drafted.preset, title: preset.title }, saved));
  const keeping = useSyncExternalStore(keeper.subscribe, keeper.now, keeper.now);
  const form = edited ?? kept;
  const keepThere = (next: DeployForm) => {
    keeper.keep({ name: next.name, content: { form: withoutSecrets(preset, next), ...drafted.beside } });
  };
  const change = (next: DeployForm) => {
    setEdited(next);
    keepDraft(address, preset, next, keeper.now().known);
    keepThere(next);
  };
  const begin = useEffectEvent(() => {
    const known = keeper.now().known ?? draftOf(findDraft(address));
    if (known !== null) keeper.take(known);
    else if (drafted.begun) keepThere(form);
  });
  useEffect(() => begin(), [keeper]);
  useEffect(() => {
    if (edited !== null) keepDraft(address, preset, edited, keeping.known);
    if (keeping.known !== null) nameInAddress(keeping.known.id);
  }, [address, preset, edited, keeping.known]);

  const takeSaved = async () => {
    if (keeping.known === null) return;
    const { content, id, version, owner } = await api<Draft>('GET', `/me/drafts/${keeping.known.id}`);
    setEdited(restoreForm(fresh, content['form'], projects));
    keeper.take({ id, version, owner });
  };
  return { form, change, keeper, state: keeping.state, known: keeping.known, takeSaved };
}

/** So that a reload, and whoever copies the address to another device of theirs, finds it again. */
function nameInAddress(id: string): void {
  const query = new URLSearchParams(window.location.search);
  if (query.get('draft') === id) return;
  query.set('draft', id);
  changeAddress(`${window.location.pathname}?${query}`);
}

const nothingToWatch = () => () => undefined;

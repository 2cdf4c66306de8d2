'use client';

import { Pencil } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import type { Container } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import type { LiveList } from '../../lib/live-list.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Input } from '../../ui/input.tsx';
import { DisabledReason } from '../../ui/tooltip.tsx';
import { useCommands, useIntent } from '../containers/intent-hooks.ts';
import { useWhy } from '../containers/why-hook.ts';

/** The page's heading; whoever may rename the container does it in place. */
export function ContainerName({ container, list }: { container: Container; list: LiveList<Container> }) {
  const t = useTranslations('containers');
  const [editing, setEditing] = useState(false);
  const commands = useCommands(list);
  const intent = useIntent(container.id);
  const reason = useRenameReason(container);
  const rename = async (name: string) => {
    setEditing(false);
    if (name === container.name || name === '') return;
    const done = await commands.rename(container, name);
    announce(done ? name : t('refused.rename'), done ? 'polite' : 'assertive');
  };
  const asked = intent?.state === 'asked' && intent.action === 'rename';
  return (
    <>
      <h1 tabIndex={-1} translate="no" className={editing ? 'sr-only' : 'min-w-0 text-xl font-semibold break-all'}>
        {container.name}
      </h1>
      {editing ? (
        <NameForm name={container.name} onSave={(name) => void rename(name)} onCancel={() => setEditing(false)} />
      ) : (
        <DisabledReason reason={reason}>
          <IconButton
            label={t('page.rename', { name: container.name })}
            disabled={reason !== null || asked}
            onClick={() => setEditing(true)}
          >
            <Pencil aria-hidden />
          </IconButton>
        </DisabledReason>
      )}
    </>
  );
}

function useRenameReason(container: Container): string | null {
  const why = useWhy();
  const { can, why: reasons } = container.rights;
  if (!can.includes('containers.rename')) {
    return why(reasons['containers.rename'] ?? { code: 'default', params: {} });
  }
  return container.status === 'unknown' ? why({ code: 'engine_offline', params: {} }) : null;
}

interface NameFormProps {
  name: string;
  onSave: (name: string) => void;
  onCancel: () => void;
}

function NameForm({ name, onSave, onCancel }: NameFormProps) {
  const t = useTranslations('containers.page');
  const common = useTranslations('common');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    onSave(field.current?.value.trim() ?? '');
  };
  return (
    <form
      className="flex flex-wrap items-center gap-2"
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel();
      }}
    >
      <Input
        ref={field}
        aria-label={t('newName')}
        defaultValue={name}
        required
        maxLength={63}
        pattern="[a-zA-Z0-9][a-zA-Z0-9_.\-]{0,62}"
        autoComplete="off"
        spellCheck={false}
        className="w-60"
      />
      <Button type="submit" look="primary">
        {t('save')}
      </Button>
      <Button onClick={onCancel}>{common('cancel')}</Button>
    </form>
  );
}

'use client';

import { KeyRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Passkey } from '@bailiwick/contract';
import { ApiError } from '../../lib/api.ts';
import { Badge } from '../../ui/badge.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, CardTitle } from '../../ui/card.tsx';
import { HeaderCell, Table, TableCell, TableHead, TableRow } from '../../ui/table.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { AddPasskey } from './add-passkey.tsx';
import { usePasskeys, usePasskeysWork } from './passkeys.ts';
import { RemovePasskey } from './remove-passkey.tsx';
import { RenamePasskey } from './rename-passkey.tsx';

type Task = { kind: 'add' } | { kind: 'rename' | 'remove'; passkey: Passkey };

/** The keys one signs in with instead of a password. */
export function PasskeysCard({ passkeys }: { passkeys: readonly Passkey[] }) {
  const t = useTranslations('account.passkeys');
  const { data, error } = usePasskeys(passkeys);
  const work = usePasskeysWork();
  const [task, setTask] = useState<Task | null>(null);
  const close = () => setTask(null);
  return (
    <Card aria-label={t('title')}>
      <div className="mb-3 flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 grow basis-64">
          <CardTitle className="mb-1">{t('title')}</CardTitle>
          <p className="text-fg-2">{t('text')}</p>
        </div>
        {work !== false && (
          <Button disabled={work === undefined} onClick={() => setTask({ kind: 'add' })}>
            <KeyRound aria-hidden />
            {t('add')}
          </Button>
        )}
      </div>
      {work === false && (
        <Banner title={t('notHere')} className="mb-3">
          {t('notHereText')}
        </Banner>
      )}
      <ErrorNotice error={error instanceof ApiError ? error : null} />
      {data.items.length === 0 ? (
        <p className="text-fg-3">{t('empty')}</p>
      ) : (
        <PasskeyTable passkeys={data.items} onTask={setTask} />
      )}
      {task?.kind === 'add' && <AddPasskey onClose={close} />}
      {task?.kind === 'rename' && <RenamePasskey passkey={task.passkey} onClose={close} />}
      {task?.kind === 'remove' && <RemovePasskey passkey={task.passkey} onClose={close} />}
    </Card>
  );
}

function PasskeyTable({ passkeys, onTask }: { passkeys: readonly Passkey[]; onTask: (task: Task) => void }) {
  const t = useTranslations('account.passkeys');
  return (
    <Table>
      <caption className="sr-only">{t('caption')}</caption>
      <TableHead>
        <tr>
          <HeaderCell>{t('name')}</HeaderCell>
          <HeaderCell className="max-sm:hidden">{t('site')}</HeaderCell>
          <HeaderCell className="max-sm:hidden">{t('lastUsed')}</HeaderCell>
          <HeaderCell>
            <span className="sr-only">{t('actions')}</span>
          </HeaderCell>
        </tr>
      </TableHead>
      <tbody>
        {passkeys.map((passkey) => (
          <TableRow key={passkey.id} data-slot="passkey-row">
            <TableCell className="max-w-80 max-sm:py-2">
              <span className="flex flex-wrap items-center gap-2">
                <span className="min-w-0 font-medium break-words">{passkey.name}</span>
                {passkey.synced && <Badge>{t('synced')}</Badge>}
              </span>
              <span className="block text-xs text-fg-3 sm:hidden">
                <span translate="no">{passkey.site}</span> · <LastUsed passkey={passkey} />
              </span>
            </TableCell>
            <TableCell className="font-mono text-xs max-sm:hidden" translate="no">
              {passkey.site}
            </TableCell>
            <TableCell className="whitespace-nowrap max-sm:hidden">
              <LastUsed passkey={passkey} />
            </TableCell>
            <TableCell className="text-end">
              <span className="inline-flex flex-wrap justify-end gap-2">
                <Button
                  size="small"
                  aria-label={t('renameNamed', { name: passkey.name })}
                  onClick={() => onTask({ kind: 'rename', passkey })}
                >
                  {t('rename')}
                </Button>
                <Button
                  size="small"
                  aria-label={t('removeNamed', { name: passkey.name })}
                  onClick={() => onTask({ kind: 'remove', passkey })}
                >
                  {t('remove')}
                </Button>
              </span>
            </TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}

function LastUsed({ passkey: { lastUsedAt } }: { passkey: Passkey }) {
  const t = useTranslations('account.passkeys');
  return lastUsedAt === null ? t('neverUsed') : <TimeAgo at={lastUsedAt} />;
}

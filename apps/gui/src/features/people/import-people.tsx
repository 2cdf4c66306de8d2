'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import type { ImportReport, ImportUsers, Tenant } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api, ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Select, Textarea } from '../../ui/input.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { firstIssue } from './import.rules.ts';
import { ImportOutcome } from './import-outcome.tsx';
import { usePeopleRefresh } from './people-hooks.ts';

const EXAMPLE = ['username,displayName,email,platformRole,roleTag', 'alice,Alice Liddell,alice@example.com,member,tester'].join('\n'); // prettier-ignore

interface Props {
  tenants: readonly Tenant[];
  onClose: () => void;
}

/** Many people from a table: first what would happen, then what did. */
export function ImportPeople({ tenants, onClose }: Props) {
  const t = useTranslations('people.import');
  const common = useTranslations('common');
  const refresh = usePeopleRefresh();
  const [csv, setCsv] = useState('');
  const [tenant, setTenant] = useState('default');
  const { mutate, data, variables, error, isPending, reset } = useMutation({
    mutationFn: ({ dryRun }: Pick<ImportUsers, 'dryRun'>) =>
      api<ImportReport>('POST', '/users/import', { body: { tenant, csv, dryRun } satisfies ImportUsers }),
    onSuccess: (report, { dryRun }) => {
      if (dryRun) return;
      announce(t('done', { count: report.created }));
      refresh();
    },
    throwOnError: (failure) => !(failure instanceof ApiError),
  });
  const refused = error instanceof ApiError ? error : null;
  const issue = refused === null ? null : firstIssue(refused.envelope, 'csv');
  const imported = data !== undefined && variables?.dryRun === false;
  const creatable = data === undefined ? 0 : data.rows.filter(({ outcome }) => outcome === 'create').length;

  const change = (next: { csv?: string; tenant?: string }) => {
    // What was said about another table says nothing about this one.
    reset();
    if (next.csv !== undefined) setCsv(next.csv);
    if (next.tenant !== undefined) setTenant(next.tenant);
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('title')}
        description={t('description')}
        className="max-w-2xl"
        onInteractOutside={(event) => event.preventDefault()}
        footer={
          imported ? (
            <Button look="primary" onClick={onClose}>
              {common('close')}
            </Button>
          ) : (
            <>
              <Button onClick={onClose}>{common('cancel')}</Button>
              <Button
                look={creatable === 0 ? 'primary' : 'secondary'}
                disabled={csv.trim() === ''}
                loading={isPending && variables.dryRun}
                onClick={() => mutate({ dryRun: true })}
              >
                {t('check')}
              </Button>
              {creatable > 0 && (
                <Button
                  look="primary"
                  loading={isPending && !variables.dryRun}
                  onClick={() => mutate({ dryRun: false })}
                >
                  {t('submit', { count: creatable })}
                </Button>
              )}
            </>
          )
        }
      >
        <div className="flex flex-col gap-4 pb-2">
          <ErrorNotice error={issue === null ? refused : null} />
          {!imported && (
            <>
              {tenants.length > 1 && (
                <Field label={t('tenant')}>
                  {(control) => (
                    <Select {...control} value={tenant} onChange={({ target }) => change({ tenant: target.value })}>
                      {tenants
                        .filter(({ archivedAt, broken }) => archivedAt === null && !broken)
                        .map(({ slug, name }) => (
                          <option key={slug} value={slug} translate="no">
                            {name}
                          </option>
                        ))}
                    </Select>
                  )}
                </Field>
              )}
              <CsvFile onRead={(text) => change({ csv: text })} />
              <Field
                label={t('table')}
                hint={t('tableHint')}
                error={issue === null ? undefined : t('broken', { reason: issue.message })}
              >
                {(control) => (
                  <Textarea
                    {...control}
                    value={csv}
                    onChange={({ target }) => change({ csv: target.value })}
                    placeholder={EXAMPLE}
                    spellCheck={false}
                    className="font-mono text-xs whitespace-pre"
                  />
                )}
              </Field>
            </>
          )}
          {data !== undefined && <ImportOutcome report={data} imported={imported} />}
        </div>
      </DialogContent>
    </Dialog>
  );
}

function CsvFile({ onRead }: { onRead: (text: string) => void }) {
  const t = useTranslations('people.import');
  const input = useRef<HTMLInputElement>(null);
  const [name, setName] = useState('');
  const read = async (file: File | undefined) => {
    if (file === undefined) return;
    setName(file.name);
    onRead(await file.text());
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <input
        ref={input}
        type="file"
        accept=".csv,text/csv,text/plain"
        hidden
        onChange={({ target }) => {
          void read(target.files?.[0]);
          // The same file may be chosen again after it was mended.
          target.value = '';
        }}
      />
      <Button onClick={() => input.current?.click()}>{t('file')}</Button>
      <span className="min-w-0 truncate text-sm text-fg-2" translate="no">
        {name}
      </span>
    </div>
  );
}

'use client';

import { KeyRound, SearchX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useCallback, useMemo, useState } from 'react';
import { CapabilityGroup, type Container, type PrincipalList, type TargetAccess } from '@bailiwick/contract';
import { ApiError } from '../../lib/api.ts';
import { changeAddress, useAddressQuery } from '../../lib/address.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/face.tsx';
import { LeaveGuard } from '../shell/leave-guard.tsx';
import { AccessCards } from './access-cards.tsx';
import { AccessDeskProvider, useAccessEdit } from './access-desk.tsx';
import { countChanges, NO_EDIT, toChanges } from './access-edit.rules.ts';
import { AccessGrid, type MatrixProps } from './access-grid.tsx';
import { AccessIntro } from './access-intro.tsx';
import { AccessLost } from './access-lost.tsx';
import { holderRows, type MatrixView, readMatrixView, roleRows, selectRows } from './access-matrix.rules.ts';
import { choicesOn, useAccessFollowed, useAccessOn, useAccessRefresh, useChoices } from './access-queries.ts';
import { AccessToolbar } from './access-toolbar.tsx';
import { CellExplain, type Explaining } from './cell-explain.tsx';
import { ConflictNotice } from './conflict-notice.tsx';
import { ExplainByAddress } from './explain-by-address.tsx';
import { GiveAccess } from './give-access.tsx';
import { ReviewDialog } from './review-dialog.tsx';
import { SaveBar } from './save-bar.tsx';
import { useAfterSave } from './use-save.ts';
import { StaleNotice } from '../shell/stale-notice.tsx';

interface Props {
  container: Pick<Container, 'id' | 'name' | 'owner'>;
  first: { access: TargetAccess; choices: PrincipalList };
}

/** Who may do what on a container: looked at, changed in a draft, saved in one piece. */
export function AccessTab({ container, first }: Props) {
  const { data: access, dataUpdatedAt, error, refetch, isFetching } = useAccessOn(container.id, first.access);
  const { data: choices = first.choices } = useChoices(choicesOn(container.id), '', first.choices);
  useAccessFollowed(container.id);
  const { edit, act, back } = useAccessEdit(access);
  const t = useTranslations('access.bar');
  const words = useTranslations('access');
  const refresh = useAccessRefresh();
  const afterSave = useAfterSave();
  const [dialog, setDialog] = useState<'none' | 'give' | 'review'>('none');
  const close = () => setDialog('none');

  const { holders, tags, saved } = useMemo(() => {
    const facts = { access, principals: choices.items, roles: choices.roles };
    const now = { ...facts, edit };
    const before = { ...facts, edit: NO_EDIT };
    return { holders: holderRows(now), tags: roleRows(now), saved: [...holderRows(before), ...roleRows(before)] };
  }, [access, choices, edit]);
  const rows = useMemo(() => [...holders, ...tags], [holders, tags]);
  const desk = useMemo(() => ({ access, rows, act }), [access, rows, act]);
  const count = countChanges(access, edit);
  const discard = () => act({ type: 'discard' });
  return (
    <AccessDeskProvider value={desk}>
      <AccessIntro owner={container.owner} readOnly={access.grantable.length === 0} />
      {error instanceof ApiError && (
        <StaleNotice error={error} title={words('stale')} busy={isFetching} onRetry={() => void refetch()} />
      )}
      {!error && <AccessLost readAt={dataUpdatedAt} />}
      <ConflictNotice rows={rows} act={act} />
      <Matrix
        container={container}
        holders={holders}
        tags={tags}
        roles={choices.roles}
        act={act}
        mayGive={access.grantable.length > 0}
        onGive={() => setDialog('give')}
      />
      <SaveBar
        count={count}
        rows={rows}
        saved={saved}
        blocked={rows.some(({ conflict }) => conflict)}
        onBack={back}
        onDiscard={discard}
        onReview={() => setDialog('review')}
      />
      {dialog === 'give' && (
        <GiveAccess
          name={container.name}
          resource={container.id}
          roles={choices.roles}
          holding={new Set(access.grants.map(({ principal }) => principal.id))}
          act={act}
          onClose={close}
        />
      )}
      {dialog === 'review' && (
        <ReviewDialog
          count={count}
          changes={toChanges(access, access.target, edit)}
          onClose={close}
          onConflict={() => {
            close();
            void refresh();
          }}
          onSaved={(changed) => {
            close();
            afterSave(access, edit, changed);
            discard();
          }}
        />
      )}
      <ExplainByAddress container={container.id} />
      <LeaveGuard dirty={count > 0} text={t('lost', { count })} onDiscard={discard} />
    </AccessDeskProvider>
  );
}

interface MatrixPartProps extends Omit<MatrixProps, 'name' | 'onExplain'> {
  container: Props['container'];
  mayGive: boolean;
  onGive: () => void;
}

/** The rows the address asks for, as a grid or as cards. */
function Matrix({ container, holders: all, mayGive, onGive, ...rest }: MatrixPartProps) {
  const t = useTranslations('access');
  const { view, show } = useMatrixView();
  const [open, setOpen] = useState<ReadonlySet<CapabilityGroup>>(new Set());
  const [asked, setAsked] = useState<Explaining | null>(null);
  const allOpen = open.size === CapabilityGroup.options.length;
  const toggle = (group: CapabilityGroup) =>
    setOpen((before) => {
      const next = new Set(before);
      if (!next.delete(group)) next.add(group);
      return next;
    });
  const holders = selectRows(all, view);
  const matrix: MatrixProps = {
    ...rest,
    name: container.name,
    holders,
    onExplain: (row, capability, anchor) => capability && setAsked({ row, capability, anchor }),
  };
  return (
    <>
      <AccessToolbar
        view={view}
        shown={holders.length}
        total={all.length}
        allOpen={allOpen}
        mayGive={mayGive}
        onShow={show}
        onToggleAll={() => setOpen(new Set(allOpen ? [] : CapabilityGroup.options))}
        onGive={onGive}
      />
      {all.length === 0 && (
        <EmptyState
          icon={KeyRound}
          title={t('grid.nobody')}
          className="py-6"
          actions={mayGive && <Button onClick={onGive}>{t('toolbar.give')}</Button>}
        >
          <p>{t('grid.nobodyText', { name: container.name })}</p>
        </EmptyState>
      )}
      {all.length > 0 && holders.length === 0 && (
        <EmptyState
          icon={SearchX}
          title={t('grid.nothingFound')}
          className="py-6"
          actions={<Button onClick={() => show({ q: '', show: 'all' }, 'push')}>{t('grid.clear')}</Button>}
        />
      )}
      <div className="max-md:hidden">
        <AccessGrid {...matrix} open={open} onToggle={toggle} />
      </div>
      <div className="md:hidden">
        <AccessCards {...matrix} />
      </div>
      {asked && <CellExplain asked={asked} resource={container.id} onClose={() => setAsked(null)} />}
    </>
  );
}

/** The view lives in the address, beside whatever else stands there. */
function useMatrixView(): { view: MatrixView; show: (view: MatrixView, how?: 'replace' | 'push') => void } {
  const parameters = useAddressQuery();
  const view = useMemo(() => readMatrixView(Object.fromEntries(parameters)), [parameters]);
  const show = useCallback(({ q, show: which }: MatrixView, how: 'replace' | 'push' = 'replace') => {
    const next = new URLSearchParams({ ...(q === '' ? {} : { q }), ...(which === 'all' ? {} : { show: which }) });
    changeAddress(`${window.location.pathname}${next.size > 0 ? `?${next}` : ''}`, how);
  }, []);
  return { view, show };
}

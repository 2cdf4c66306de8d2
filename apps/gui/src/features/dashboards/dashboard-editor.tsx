'use client';

import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { type Dashboard, MOST_WIDGETS, type Widget } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api, ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { useMe } from '../identity/me.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { LeaveGuard } from '../shell/leave-guard.tsx';
import { AddWidget } from './add-widget.tsx';
import { isChanged, moved, removed, resized } from './dashboard.rules.ts';
import { EditedWidget } from './edited-widget.tsx';
import { GRID } from './widget-grid.tsx';
import type { Sight } from './widget-view.tsx';
import { useWidgetTitle } from './widget-words.ts';

interface Props {
  dashboard: Dashboard;
  sight: Sight;
  onSaved: (saved: Dashboard) => void;
  onDiscard: () => void;
}

/** Its owner adds, moves, resizes and removes widgets; nothing of it is kept before it is saved. */
export function DashboardEditor({ dashboard, sight, onSaved, onDiscard }: Props) {
  const t = useTranslations('dashboards');
  const toTitle = useWidgetTitle(sight);
  const { tenant } = useMe();
  const [name, setName] = useState(dashboard.name);
  const [shared, setShared] = useState(dashboard.shared);
  const [widgets, setWidgets] = useState<readonly Widget[]>(dashboard.widgets);
  const [adding, setAdding] = useState(false);
  const [dragged, setDragged] = useState<number | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const shareId = useId();
  const dirty = isChanged(dashboard, { name, shared, widgets: [...widgets] });
  const isFull = widgets.length >= MOST_WIDGETS;

  const change = (next: Widget[], index: number) => {
    const widget = next[index];
    setWidgets(next);
    if (!widget) return;
    const { width, height } = widget;
    announce(
      t('widget.place', { title: toTitle(widget), place: index + 1, count: next.length, width: String(width), height: String(height) }), // prettier-ignore
    );
  };
  const save = async () => {
    setBusy(true);
    setError(null);
    try {
      const body = { version: dashboard.version, name: name.trim(), widgets, shared };
      const saved = await api<Dashboard>('PUT', `/me/dashboards/${dashboard.id}`, { body });
      announce(t('saved', { name: saved.name }));
      onSaved(saved);
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      setError(failure);
      setBusy(false);
    }
  };
  const nameIsWrong = name.trim() === '';
  return (
    <>
      <PageHeader
        title={<span translate="no">{dashboard.name}</span>}
        actions={
          <>
            <Button onClick={onDiscard}>{t('discard')}</Button>
            <Button look="primary" loading={busy} disabled={nameIsWrong} onClick={() => void save()}>
              {t('save')}
            </Button>
          </>
        }
      />
      <ErrorNotice error={error} />
      <div className="mb-4 flex flex-wrap items-end gap-x-4 gap-y-3">
        <Field
          label={t('new.name')}
          required
          error={nameIsWrong ? t('new.wrongName') : undefined}
          className="w-64 max-w-full"
        >
          {(control) => (
            <Input
              {...control}
              value={name}
              maxLength={60}
              autoComplete="off"
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <label htmlFor={shareId} className="flex min-h-control items-center gap-2">
          <Checkbox id={shareId} checked={shared} onChange={(event) => setShared(event.target.checked)} />
          <span>{t('share', { tenant: tenant.name })}</span>
        </label>
        <Button className="ms-auto" disabled={isFull} onClick={() => setAdding(true)}>
          <Plus aria-hidden />
          {t('add.open')}
        </Button>
      </div>
      {isFull && <p className="mb-3 text-fg-2">{t('add.full', { count: MOST_WIDGETS })}</p>}
      <ul className={GRID}>
        {widgets.map((widget, index) => (
          <EditedWidget
            key={index}
            widget={widget}
            title={toTitle(widget)}
            sight={sight}
            isFirst={index === 0}
            isLast={index === widgets.length - 1}
            isDragged={dragged === index}
            onMove={(by) => change(moved(widgets, index, index + by), Math.max(0, Math.min(index + by, widgets.length - 1)))} // prettier-ignore
            onResize={(by) => change(resized(widgets, index, by), index)}
            onRemove={() => {
              setWidgets(removed(widgets, index));
              announce(t('widget.removed', { title: toTitle(widget) }));
            }}
            onDrag={(on) => setDragged(on ? index : null)}
            onDrop={() => {
              if (dragged !== null) change(moved(widgets, dragged, index), index);
              setDragged(null);
            }}
          />
        ))}
      </ul>
      {widgets.length === 0 && <p className="text-fg-2">{t('blank.text')}</p>}
      {adding && (
        <AddWidget
          sight={sight}
          onAdd={(widget) => {
            setWidgets([...widgets, widget]);
            setAdding(false);
            announce(t('add.added', { title: toTitle(widget) }));
          }}
          onClose={() => setAdding(false)}
        />
      )}
      <LeaveGuard dirty={dirty && !busy} text={t('leave')} onDiscard={onDiscard} />
    </>
  );
}

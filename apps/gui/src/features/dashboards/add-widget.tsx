'use client';

import { useTranslations } from 'next-intl';
import { type SubmitEvent, useId, useState } from 'react';
import {
  ChartedMeasure,
  type ContainerId,
  EnvironmentId,
  METRICS_RANGES,
  MetricsRange,
  MOST_PINNED,
  type Widget,
} from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/input.tsx';
import { PickList } from '../../ui/pick-list.tsx';
import { useMay } from '../identity/me.tsx';
import { toWidget, WIDGET_KINDS, type WidgetChoice } from './dashboard.rules.ts';
import type { Sight } from './widget-view.tsx';

interface Props {
  sight: Sight;
  onAdd: (widget: Widget) => void;
  onClose: () => void;
}

/** What a new widget shows, and of what. */
export function AddWidget({ sight, onAdd, onClose }: Props) {
  const t = useTranslations('dashboards');
  const ranges = useTranslations('metrics.range');
  const common = useTranslations('common');
  const formId = useId();
  const seesHosts = useMay('environments.metrics');
  const seesWork = useMay('operations.see');
  const [choice, setChoice] = useState<WidgetChoice>({
    kind: 'attention',
    measure: 'cpu',
    range: '1h',
    containers: [],
    environment: sight.environments[0]?.id ?? null,
  });
  const [missing, setMissing] = useState(false);
  const change = (part: Partial<WidgetChoice>) => {
    setChoice({ ...choice, ...part });
    setMissing(false);
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const widget = toWidget(choice);
    if (widget) onAdd(widget);
    else setMissing(true);
  };
  const { kind, measure, range, containers, environment } = choice;
  const kinds = WIDGET_KINDS.filter((each) => (each !== 'hostChart' || seesHosts) && (each !== 'activity' || seesWork));
  const isChart = kind === 'containerChart' || kind === 'hostChart';
  const measures = kind === 'top' ? (['cpu', 'memory'] as const) : ChartedMeasure.options;
  const containersByName = sight.containers.toSorted((one, other) => one.name.localeCompare(other.name));
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('add.title')}
        footer={
          <>
            <Button onClick={onClose}>{common('cancel')}</Button>
            <Button type="submit" form={formId} look="primary">
              {t('add.submit')}
            </Button>
          </>
        }
      >
        <form id={formId} onSubmit={submit} className="flex flex-col gap-4 pb-2">
          <Field label={t('add.kind')}>
            {(control) => (
              <Select
                {...control}
                value={kind}
                onChange={({ target }) => {
                  const next = kinds.find((each) => each === target.value);
                  if (next) change({ kind: next, containers: [], measure: 'cpu' });
                }}
              >
                {kinds.map((each) => (
                  <option key={each} value={each}>
                    {t(`kind.${each}`)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          {kind === 'containerChart' && (
            <Field label={t('add.container')} required error={missing ? t('add.missing') : undefined}>
              {(control) => (
                <Select
                  {...control}
                  value={containers[0] ?? ''}
                  onChange={({ target }) => change({ containers: idsIn(sight, [target.value]) })}
                >
                  <option value="">{t('add.choose')}</option>
                  {containersByName.map(({ id, name }) => (
                    <option key={id} value={id} translate="no">
                      {name}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          )}
          {kind === 'hostChart' && (
            <Field label={t('add.environment')} required error={missing ? t('add.missing') : undefined}>
              {(control) => (
                <Select
                  {...control}
                  value={environment ?? ''}
                  onChange={({ target }) => change({ environment: EnvironmentId.parse(target.value) })}
                >
                  {sight.environments.map(({ id, name }) => (
                    <option key={id} value={id} translate="no">
                      {name}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          )}
          {kind === 'pinned' && (
            <div className="flex flex-col gap-1">
              <PickList
                label={t('add.containers')}
                searchLabel={t('add.containers')}
                choices={containersByName.map(({ id, name }) => ({ id, label: name }))}
                chosen={new Set(containers)}
                onChange={(chosen) => change({ containers: idsIn(sight, [...chosen]).slice(0, MOST_PINNED) })}
                summary={`${containers.length} / ${MOST_PINNED}`}
                nothing={t('hidden')}
                more={(count) => t('more', { count })}
              />
              <p className="text-xs text-fg-3">{t('add.containersHint', { count: MOST_PINNED })}</p>
              {missing && (
                <p role="alert" className="text-xs text-danger">
                  {t('add.missing')}
                </p>
              )}
            </div>
          )}
          {(isChart || kind === 'top') && (
            <Field label={t('add.measure')}>
              {(control) => (
                <Select
                  {...control}
                  value={measure}
                  onChange={({ target }) => change({ measure: ChartedMeasure.parse(target.value) })}
                >
                  {measures.map((each) => (
                    <option key={each} value={each}>
                      {t(`chart.${each}`)}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          )}
          {isChart && (
            <Field label={t('add.range')}>
              {(control) => (
                <Select
                  {...control}
                  value={range}
                  onChange={({ target }) => change({ range: MetricsRange.parse(target.value) })}
                >
                  {METRICS_RANGES.map((each) => (
                    <option key={each} value={each}>
                      {ranges(each)}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          )}
        </form>
      </DialogContent>
    </Dialog>
  );
}

/** Of these, those that are there. */
function idsIn({ containers }: Sight, wanted: readonly string[]): ContainerId[] {
  return containers.flatMap(({ id }) => (wanted.includes(id) ? [id] : []));
}

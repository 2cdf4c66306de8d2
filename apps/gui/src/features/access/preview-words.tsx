'use client';

import { CircleMinus, CirclePlus, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { AccessDifference, AccessPreview, Capability, Falling } from '@bailiwick/contract';
import { Banner } from '../../ui/banner.tsx';
import { isColumn } from './access-matrix.rules.ts';
import { useAccessWords } from './access-words.ts';
import { useCapabilityWords } from './capability-words.ts';

/** Who gains and loses what, what falls with it, what closes. */
export function PreviewWords({ preview }: { preview: AccessPreview }) {
  const t = useTranslations('access.review');
  const { differences, falling, cuts, warnings } = preview;
  return (
    <div data-slot="access-preview" className="flex flex-col gap-3">
      {warnings.includes('own_rights_shrink') && (
        <Banner tone="warning" title={t('ownTitle')}>
          {t('ownText')}
        </Banner>
      )}
      <p className="font-medium">{t('people', { count: new Set(differences.map(({ user }) => user.id)).size })}</p>
      <ul className="flex flex-col gap-3">
        {differences.map((difference) => (
          <Difference key={`${difference.user.id} ${difference.target.id}`} difference={difference} />
        ))}
      </ul>
      <Cautions differences={differences} />
      {falling.length > 0 && (
        <div>
          <p>{t('falling')}</p>
          <ul className="mt-1 list-disc ps-5 text-fg-2">
            {falling.map((item) => (
              <FallingItem key={keyOf(item)} item={item} />
            ))}
          </ul>
        </div>
      )}
      {cuts > 0 && (
        <p className="flex items-start gap-2 text-warning">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {t('cuts', { count: cuts })}
        </p>
      )}
    </div>
  );
}

const keyOf = (item: Falling): string =>
  item.kind === 'exception'
    ? `${item.exception.containerId} ${item.exception.role}`
    : `${item.grant.id} ${item.kind === 'loan' ? item.capability : ''}`;

function FallingItem({ item }: { item: Falling }) {
  const t = useTranslations('access.review');
  const words = useAccessWords();
  if (item.kind === 'exception') {
    const { role, allow, containerId } = item.exception;
    const thing = words.thing('container', item.targetName ?? containerId);
    return <li>{t('fallingRole', { role: words.role(role), what: words.names(allow), thing })}</li>;
  }
  const { grant } = item;
  const what = item.kind === 'loan' ? words.names([item.capability]) : words.given({ ...grant, lent: [] });
  return <li>{t('fallingOne', { name: grant.principalName ?? grant.principal.id, what, thing: words.thingOf(grant) })}</li>; // prettier-ignore
}

function Difference({ difference: { user, gains, loses } }: { difference: AccessDifference }) {
  const t = useTranslations('access.review');
  return (
    <li className="rounded-md border border-line px-3 py-2">
      <p translate="no" className="font-medium break-words">
        {user.name}
      </p>
      <Rights icon={CirclePlus} tone="text-success" label={t('gains')} capabilities={gains} />
      <Rights icon={CircleMinus} tone="text-danger" label={t('loses')} capabilities={loses} />
    </li>
  );
}

interface RightsProps {
  icon: typeof CirclePlus;
  tone: string;
  label: string;
  capabilities: readonly Capability[];
}

function Rights({ icon: Icon, tone, label, capabilities }: RightsProps) {
  const words = useAccessWords();
  const shown = capabilities.filter(isColumn);
  if (shown.length === 0) return null;
  return (
    <p className="mt-1 flex items-start gap-2">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${tone}`} />
      <span>
        <span className="font-medium">{label}</span> {words.names(shown)}
      </span>
    </p>
  );
}

/** A word of warning for each grave right somebody gains. */
function Cautions({ differences }: { differences: readonly AccessDifference[] }) {
  const t = useTranslations('access.review');
  const words = useCapabilityWords();
  const gained = new Set(differences.flatMap(({ gains }) => gains).filter(isColumn));
  const cautions = [...gained].flatMap((capability) => {
    const caution = words.caution(capability);
    return caution === null ? [] : [{ capability, caution }];
  });
  if (cautions.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1 text-xs text-warning">
      {cautions.map(({ capability, caution }) => (
        <li key={capability} className="flex items-start gap-1.5">
          <TriangleAlert aria-hidden className="mt-0.5 size-3 shrink-0" />
          {t('caution', { what: words.name(capability), caution })}
        </li>
      ))}
    </ul>
  );
}

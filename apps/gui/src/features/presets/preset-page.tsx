'use client';

import { Download, Pencil, RotateCcw, Rocket, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { PresetVersion } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api } from '../../lib/api.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { useWhy } from '../containers/why-hook.ts';
import { useErrorToast } from '../shell/error-toast.ts';
import type { Offer } from './catalogue.rules.ts';
import { DeletePreset } from './delete-preset.tsx';
import { PresetBadges } from './preset-badges.tsx';
import { PresetFacts } from './preset-facts.tsx';
import { PresetRoles } from './preset-roles.tsx';
import { PresetVersions } from './preset-versions.tsx';

interface Props {
  offer: Offer;
  /** Null for who may not change it. */
  versions: readonly PresetVersion[] | null;
}

/** One preset: what it makes, what it asks, what roles may do on it, and what it was. */
export function PresetPage({ offer, versions }: Props) {
  const t = useTranslations('catalogue.page');
  const toSentence = useWhy();
  const { preset, rights, archivedAt } = offer;
  const why = rights.why['containers.create'];
  return (
    <div className="flex max-w-5xl flex-col gap-4">
      <PageHeader
        title={preset.title}
        aside={
          <span className="flex flex-wrap gap-1.5">
            <PresetBadges offer={offer} />
          </span>
        }
        description={preset.description}
        actions={<PresetActions offer={offer} />}
        className="mb-0"
      />
      {archivedAt !== null && <Banner tone="warning" title={t('archived')} />}
      {archivedAt === null && why && <Banner title={toSentence(why)} />}
      <PresetFacts preset={preset} digest={offer.digest} />
      <PresetRoles roles={preset.roles} />
      {versions !== null && <PresetVersions versions={versions} current={offer.digest} />}
    </div>
  );
}

function PresetActions({ offer: { preset, rights, digest, archivedAt } }: { offer: Offer }) {
  const t = useTranslations('catalogue.page');
  const [deleting, setDeleting] = useState(false);
  const restore = useRestore(preset.name, preset.title);
  const address = `/catalogue/${preset.name}`;
  return (
    <>
      <Button asChild>
        <a href={`/api/v1/presets/${preset.name}/export`} download>
          <Download aria-hidden />
          {t('export')}
        </a>
      </Button>
      {rights.can.includes('presets.update') && (
        <Button asChild>
          <Link href={`${address}/edit`}>
            <Pencil aria-hidden />
            {t('edit')}
          </Link>
        </Button>
      )}
      {rights.can.includes('presets.update') && archivedAt !== null && (
        <Button loading={restore.busy} onClick={restore.run}>
          <RotateCcw aria-hidden />
          {t('restore')}
        </Button>
      )}
      {rights.can.includes('presets.delete') && (
        <Button onClick={() => setDeleting(true)}>
          <Trash2 aria-hidden />
          {t('delete')}
        </Button>
      )}
      {rights.can.includes('containers.create') && (
        <Button asChild look="primary">
          <Link href={`/deploy/${preset.name}`}>
            <Rocket aria-hidden />
            {t('deploy')}
          </Link>
        </Button>
      )}
      {deleting && (
        <DeletePreset name={preset.name} title={preset.title} version={digest} onClose={() => setDeleting(false)} />
      )}
    </>
  );
}

function useRestore(name: string, title: string) {
  const t = useTranslations('catalogue.page');
  const router = useRouter();
  const showError = useErrorToast();
  const [busy, setBusy] = useState(false);
  const send = async () => {
    setBusy(true);
    try {
      await api('POST', `/presets/${name}/restore`);
      announce(t('restored', { title }));
      router.refresh();
    } catch (error) {
      showError(error);
    } finally {
      setBusy(false);
    }
  };
  return { busy, run: () => void send() };
}

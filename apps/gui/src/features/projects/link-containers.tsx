'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Container, Project } from '@bailiwick/contract';
import { ApiError } from '../../lib/api.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { PickList } from '../../ui/pick-list.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { LinkedOutcome } from './linked-outcome.tsx';
import { type LinkVerb, useLink } from './use-link.ts';

interface Props {
  project: Project;
  verb: LinkVerb;
  /** All the reader sees. */
  containers: readonly Container[];
  onClose: () => void;
}

/** Which containers go into a project, or leave it; says who will reach them, and afterwards what came of each. */
export function LinkContainers({ project, verb, containers, onClose }: Props) {
  const t = useTranslations('projects.link');
  const common = useTranslations('common');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const link = useLink(verb, onClose);
  const isOffered = (container: Container) =>
    verb === 'unlink'
      ? container.project?.id === project.id
      : container.project?.id !== project.id && container.tenantId === project.tenant.id;
  const choices = containers
    .filter(isOffered)
    .toSorted((one, other) => one.name.localeCompare(other.name))
    .map(({ id, name, project: now }) => ({
      id,
      label: name,
      ...(verb === 'link' && now !== null ? { hint: t('nowIn', { name: now.name }) } : {}),
    }));
  const submit = t(`submit.${verb}`, { count: chosen.size });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t(`title.${verb}`, { name: project.name })}
        footer={
          link.data ? (
            <Button onClick={onClose}>{common('close')}</Button>
          ) : (
            <>
              <Button onClick={onClose}>{common('cancel')}</Button>
              <Button
                look="primary"
                disabled={chosen.size === 0}
                loading={link.isPending}
                onClick={() => link.mutate({ project, ids: [...chosen] })}
              >
                {submit}
              </Button>
            </>
          )
        }
      >
        <div className="flex flex-col gap-3 pb-2">
          <ErrorNotice error={link.error instanceof ApiError ? link.error : null} />
          {link.data ? (
            <LinkedOutcome items={link.data.items} />
          ) : (
            <>
              <Banner
                tone={verb === 'link' ? 'warning' : 'info'}
                title={t(`warn.${verb}`, { count: project.members, role: project.defaultRole })}
              />
              <PickList
                label={t('containers')}
                searchLabel={t('search')}
                choices={choices}
                chosen={chosen}
                onChange={setChosen}
                summary={t('chosen', { count: chosen.size })}
                nothing={t(containers.some(isOffered) ? 'nothingFound' : `nothing.${verb}`)}
                more={(count) => t('more', { count })}
              />
            </>
          )}
        </div>
      </DialogContent>
    </Dialog>
  );
}

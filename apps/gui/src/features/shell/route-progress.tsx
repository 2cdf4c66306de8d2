'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';

const SHOWN_AFTER_MS = 400;
const GIVEN_UP_AFTER_MS = 15_000;

/**
 * A thin bar under the top bar while the next page is on its way. Pages come whole from the server, also without
 * JavaScript, so that there is no skeleton to put in their place; what stands there stays until they come.
 */
export function RouteProgress() {
  const t = useTranslations('common');
  const here = `${usePathname()}?${useSearchParams()}`;
  const [leaving, setLeaving] = useState<string | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onClick = (event: MouseEvent) => {
      clearTimeout(timer);
      if (leadsElsewhere(event)) timer = setTimeout(() => setLeaving(here), SHOWN_AFTER_MS);
    };
    document.addEventListener('click', onClick);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('click', onClick);
    };
  }, [here]);
  useEffect(() => {
    if (leaving === null) return undefined;
    const timer = setTimeout(() => setLeaving(null), GIVEN_UP_AFTER_MS);
    return () => clearTimeout(timer);
  }, [leaving]);
  if (leaving !== here) return null;
  return (
    <div role="status" className="fixed inset-x-0 top-12 z-30 h-0.5 overflow-hidden bg-surface-3">
      <span className="sr-only">{t('loading')}</span>
      <div className="h-full w-1/3 animate-skeleton bg-accent" />
    </div>
  );
}

/** A plain click on a link to another page of the panel. */
function leadsElsewhere({ target, button, ctrlKey, metaKey, shiftKey }: MouseEvent): boolean {
  if (button !== 0 || ctrlKey || metaKey || shiftKey || !(target instanceof Element)) return false;
  const link = target.closest<HTMLAnchorElement>('a[href]');
  if (!link || link.target !== '' || link.origin !== window.location.origin) return false;
  return link.pathname !== window.location.pathname || link.search !== window.location.search;
}

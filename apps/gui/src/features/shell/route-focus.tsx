'use client';

import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';

/** After going to another page the focus stands on its heading, as it would after a full load. */
export function RouteFocus() {
  const pathname = usePathname();
  const previous = useRef(pathname);
  useEffect(() => {
    if (previous.current === pathname) return;
    previous.current = pathname;
    const heading = document.querySelector<HTMLElement>('main h1');
    (heading ?? document.querySelector<HTMLElement>('main'))?.focus({ preventScroll: true });
  }, [pathname]);
  return null;
}

'use client';

import { KeyRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Container, Explanation } from '@bailiwick/contract';
import { Popover, PopoverContent, PopoverTrigger } from '../../ui/popover.tsx';
import { useMe } from '../identity/me.tsx';
import { useExplanation } from './access-queries.ts';
import { useAccessWords } from './access-words.ts';
import { Explain } from './explain.tsx';

/** "Your access: Operator, minus Stop": what the reader is here, and why. */
export function YourAccess({ container }: { container: Container }) {
  const t = useTranslations('access.yours');
  const { user } = useMe();
  const [open, setOpen] = useState(false);
  const { data } = useExplanation({ principal: user.id, resource: container.id, capability: 'containers.see' });
  const say = useSaying();
  const what = data && say(data);
  if (what === undefined) return null;
  const label = t('label', { what });
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger
        data-slot="your-access"
        className="inline-flex min-h-6 items-center gap-1.5 rounded-full border border-line px-2 text-start text-xs text-fg-2 hover:bg-surface-2 hover:text-fg touch:min-h-11"
      >
        <KeyRound aria-hidden className="size-3 shrink-0" />
        {label}
      </PopoverTrigger>
      <PopoverContent aria-label={label}>
        <Explain
          principal={user.id}
          resource={container.id}
          capability={mostTelling(container)}
          onDone={() => setOpen(false)}
        />
      </PopoverContent>
    </Popover>
  );
}

/** What was taken away tells more than what is there; seeing it at all tells where the rest comes from. */
function mostTelling({ rights }: Container) {
  const [taken] = (['containers.stop', 'containers.start', 'containers.restart', 'containers.logs'] as const).filter(
    (capability) => rights.why[capability]?.code === 'denied',
  );
  return taken ?? 'containers.see';
}

function useSaying(): (explanation: Explanation) => string | undefined {
  const t = useTranslations('access');
  const words = useAccessWords();
  return ({ allowed, decidedBy, trace, principal }) => {
    if (!allowed) return undefined;
    if (decidedBy === 'staff') return t('yours.staff', { role: t(`platformRole.${principal.platformRole}`) });
    if (decidedBy === 'owner') return t('yours.owner');
    const [grant] = trace.find(({ wins }) => wins)?.sources ?? [];
    if (!grant) return undefined;
    const what = words.given(grant, principal.roleTag);
    if (grant.principal.kind === 'team')
      return t('yours.via', { what, name: grant.principalName ?? grant.principal.id });
    return grant.target.kind === 'container' ? what : t('yours.from', { what, thing: words.thingOf(grant) });
  };
}

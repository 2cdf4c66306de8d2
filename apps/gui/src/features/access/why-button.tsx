'use client';

import { CircleHelp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Capability } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Popover, PopoverContent, PopoverTrigger } from '../../ui/popover.tsx';
import { useMe } from '../identity/me.tsx';
import type { Question } from './access-queries.ts';
import { useCapabilityWords } from './capability-words.ts';
import { Explain } from './explain.tsx';

/** Beside what the reader may not do here: opens the reason, and whom to ask. */
export function WhyButton({ resource, capability }: { resource: string; capability: Capability }) {
  const t = useTranslations('access.explain');
  const words = useCapabilityWords();
  const { user } = useMe();
  const [open, setOpen] = useState(false);
  const label = t('whyNot', { what: words.name(capability) });
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button look="ghost" size="icon" data-slot="why" aria-label={label} className="w-7 touch:w-11">
          <CircleHelp aria-hidden />
        </Button>
      </PopoverTrigger>
      <PopoverContent aria-label={label}>
        <Explain principal={user.id} resource={resource} capability={capability} onDone={() => setOpen(false)} />
      </PopoverContent>
    </Popover>
  );
}

/** The same where nothing is left to stand beside: after a menu, or by a link. */
export function ExplainDialog({ question, onClose }: { question: Question; onClose: () => void }) {
  const t = useTranslations('access.explain');
  const words = useCapabilityWords();
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={t('label', { what: words.name(question.capability) })}>
        <div className="pb-3">
          <Explain {...question} onDone={onClose} />
        </div>
      </DialogContent>
    </Dialog>
  );
}

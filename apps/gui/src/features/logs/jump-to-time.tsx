'use client';

import { CalendarClock } from 'lucide-react';
import { usePathname, useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type SubmitEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Input } from '../../ui/input.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { Popover, PopoverContent, PopoverTrigger } from '../../ui/popover.tsx';
import { toMoment } from './log-moment.rules.ts';
import { atMoment } from './log-url.rules.ts';

/** Opens the log where it stood at some moment. */
export function JumpToTime({ open, onOpen }: { open: boolean; onOpen: (open: boolean) => void }) {
  const t = useTranslations('logs.jump');
  const router = useRouter();
  const pathname = usePathname();
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);
  const jump = (event: SubmitEvent) => {
    event.preventDefault();
    const moment = toMoment(typed, Date.now());
    setWrong(moment === null);
    if (!moment) return;
    onOpen(false);
    router.push(`${pathname}?${atMoment(new URLSearchParams(window.location.search), moment).toString()}`);
  };
  return (
    <Popover open={open} onOpenChange={onOpen}>
      <PopoverTrigger asChild>
        <IconButton label={t('title')} hint={<Kbd keys="@" />}>
          <CalendarClock aria-hidden />
        </IconButton>
      </PopoverTrigger>
      <PopoverContent aria-label={t('title')} align="end">
        <form onSubmit={jump} className="flex flex-col gap-3">
          <Field label={t('moment')} hint={t('hint')} error={wrong ? t('wrong') : null}>
            {(control) => (
              <Input
                {...control}
                value={typed}
                spellCheck={false}
                autoComplete="off"
                onChange={(event) => setTyped(event.target.value)}
              />
            )}
          </Field>
          <Button type="submit" look="primary" className="self-end">
            {t('go')}
          </Button>
        </form>
      </PopoverContent>
    </Popover>
  );
}

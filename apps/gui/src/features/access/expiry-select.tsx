'use client';

import { useTranslations } from 'next-intl';
import { type ComponentProps, useId, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input, Select } from '../../ui/input.tsx';
import { useAccessWords } from './access-words.ts';
import { endOf, endOfDay, EXPIRY_CHOICES, toDay } from './expiry.rules.ts';

interface Props extends Omit<ComponentProps<'select'>, 'value' | 'onChange'> {
  name: string;
  expiresAt: string | null;
  onExpiry: (expiresAt: string | null) => void;
}

const CHOSEN = 'chosen';

/** Until when somebody has what they were given. */
export function ExpirySelect({ name, expiresAt, onExpiry, ...rest }: Props) {
  const t = useTranslations('access.expiry');
  const words = useAccessWords();
  const [asking, setAsking] = useState(false);
  const choose = (value: string) => {
    const choice = EXPIRY_CHOICES.find((each) => each === value);
    if (choice === 'date') setAsking(true);
    else if (choice) onExpiry(endOf(choice, new Date()));
  };
  return (
    <>
      <Select value={expiresAt === null ? 'none' : CHOSEN} onChange={({ target }) => choose(target.value)} {...rest}>
        {expiresAt !== null && (
          // Server and browser are in different time zones.
          <option value={CHOSEN} suppressHydrationWarning>
            {t('at', { at: words.moment(expiresAt) })}
          </option>
        )}
        {EXPIRY_CHOICES.map((choice) => (
          <option key={choice} value={choice}>
            {t(choice)}
          </option>
        ))}
      </Select>
      {asking && (
        <AskDay
          name={name}
          onClose={() => setAsking(false)}
          onDay={(at) => {
            setAsking(false);
            onExpiry(at);
          }}
        />
      )}
    </>
  );
}

function AskDay({ name, onDay, onClose }: { name: string; onDay: (at: string) => void; onClose: () => void }) {
  const t = useTranslations('access.expiry');
  const common = useTranslations('common');
  const formId = useId();
  const [today] = useState(() => toDay(new Date()));
  const [day, setDay] = useState(today);
  const [wrong, setWrong] = useState(false);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('dateTitle')}
        description={t('dateText', { name })}
        footer={
          <>
            <Button onClick={onClose}>{common('cancel')}</Button>
            <Button type="submit" form={formId} look="primary">
              {t('set')}
            </Button>
          </>
        }
      >
        <form
          id={formId}
          noValidate
          className="pb-2"
          onSubmit={(event) => {
            event.preventDefault();
            const end = endOfDay(day, new Date());
            setWrong(end === undefined);
            if (end !== undefined) onDay(end);
          }}
        >
          <Field label={t('dateLabel')} error={wrong ? t('dateWrong') : undefined}>
            {(control) => (
              <Input {...control} type="date" min={today} value={day} onChange={({ target }) => setDay(target.value)} />
            )}
          </Field>
        </form>
      </DialogContent>
    </Dialog>
  );
}

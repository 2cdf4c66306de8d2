'use client';

import { useTranslations } from 'next-intl';
import { DomainName, LaunchUrl } from '@bailiwick/contract';
import { SavedFields } from './saved-fields.tsx';
import { Locked } from './setting-field.tsx';
import { useSettingsDesk } from './settings-desk.ts';
import { Section } from './startup-sections.tsx';

const SCHEMAS = { domainName: DomainName, launchUrl: LaunchUrl };

/** How people reach it. */
export function AddressSection() {
  const t = useTranslations('configuration.address');
  const issue = useTranslations('deploy.issue');
  const { refusalOf } = useSettingsDesk();
  const wordsOf = (field: keyof typeof SCHEMAS) => ({
    label: t(field),
    hint: t(`${field}Hint`),
    issue: issue(field),
    refused: issue(field),
  });
  return (
    <Section title={t('title')}>
      <p className="text-fg-2">{t('text')}</p>
      <Locked field="ports" />
      <SavedFields
        schemas={SCHEMAS}
        words={{
          domainName: wordsOf('domainName'),
          launchUrl: wordsOf('launchUrl'),
        }}
        said={{ wrong: t('wrong'), save: t('save'), saved: t('saved'), lost: t('lost') }}
        isLocked={() => refusalOf('ports') !== null}
        inputMode="url"
      />
    </Section>
  );
}

'use client';

import { useTranslations } from 'next-intl';
import { FolderInside } from '@bailiwick/contract';
import { SavedFields } from './saved-fields.tsx';
import { Locked } from './setting-field.tsx';
import { useSettingsDesk } from './settings-desk.ts';
import { Section } from './startup-sections.tsx';

const SCHEMAS = { explorerRoot: FolderInside, consoleDirectory: FolderInside };

/** Where people begin in its files and commands. */
export function BeginSection() {
  const t = useTranslations('configuration.begin');
  const issue = useTranslations('deploy.issue');
  const { container, refusalOf } = useSettingsDesk();
  const isStartupLocked = refusalOf('command') !== null;
  const seesEverything = container.rights.can.includes('files.root');
  const wordsOf = (field: keyof typeof SCHEMAS) => ({
    label: t(field),
    hint: t(`${field}Hint`),
    issue: issue('path'),
    refused: t(`${field}Refused`),
  });
  return (
    <Section title={t('title')}>
      <p className="text-fg-2">{t('text')}</p>
      <Locked field="command" />
      {!isStartupLocked && !seesEverything && <p className="text-xs text-fg-2">{t('needsRoot')}</p>}
      <SavedFields
        schemas={SCHEMAS}
        words={{
          explorerRoot: wordsOf('explorerRoot'),
          consoleDirectory: wordsOf('consoleDirectory'),
        }}
        said={{ wrong: t('wrong'), save: t('save'), saved: t('saved'), lost: t('lost') }}
        isLocked={(field) => isStartupLocked || (field === 'explorerRoot' && !seesEverything)}
        inputMode="text"
      />
    </Section>
  );
}

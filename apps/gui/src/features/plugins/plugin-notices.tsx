import { FolderSearch, ShieldCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Plugin } from '@bailiwick/contract';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { needOf } from './plugin.rules.ts';
import { useRescan } from './use-rescan.ts';

interface Props {
  plugin: Plugin;
  /** All there are. */
  plugins: readonly Plugin[];
  onAgree: () => void;
}

/** What is not right with it and what to do, above all else. */
export function PluginNotices({ plugin, plugins, onAgree }: Props) {
  const t = useTranslations('plugins');
  const { status, error, warnings, name, can } = plugin;
  const need = needOf(plugin);
  const mayManage = can.includes('plugins.manage');
  const rescan = useRescan(plugins);
  const look = mayManage && (
    <Button loading={rescan.isPending} onClick={() => rescan.mutate()}>
      <FolderSearch aria-hidden />
      {t('look')}
    </Button>
  );
  const agree = mayManage && (
    <Button onClick={onAgree}>
      <ShieldCheck aria-hidden />
      {t('consent.review')}
    </Button>
  );
  const told = need !== null || error !== null || warnings.length > 0 || status === 'unresponsive';
  if (!told) return null;
  return (
    <div className="flex flex-col gap-2">
      {need === 'mend' && (
        <Banner tone="danger" title={t('notice.broken.title')} actions={look}>
          <p className="break-words">{error}</p>
          <p>{t('notice.broken.text', { folder: `storage/plugins/installed/${name}/` })}</p>
        </Banner>
      )}
      {need === 'agree' && (
        <Banner tone="info" title={t('notice.unapproved.title')} actions={agree}>
          {mayManage ? t('notice.unapproved.text') : t('notice.unapproved.others')}
        </Banner>
      )}
      {need === 'startAgain' && (
        <Banner tone="danger" title={t('notice.disabled.title')}>
          {error !== null && error !== '' && <p className="break-words">{error}</p>}
          <p>{t('notice.disabled.text')}</p>
        </Banner>
      )}
      {need === 'agreeAnew' && (
        <Banner tone="info" title={t('notice.wantsMore.title')} actions={agree}>
          {t('notice.wantsMore.text')}
        </Banner>
      )}
      {(need === null || need === 'agree' || need === 'agreeAnew') && error !== null && (
        <Banner tone="danger" title={t(status === 'crashed' ? 'notice.crashed.title' : 'notice.error.title')}>
          <p className="break-words">{error}</p>
          {status === 'crashed' && <p>{t('notice.crashed.text')}</p>}
        </Banner>
      )}
      {status === 'unresponsive' && (
        <Banner tone="warning" title={t('notice.unresponsive.title')}>
          {t('notice.unresponsive.text')}
        </Banner>
      )}
      {warnings.length > 0 && (
        <Banner tone="warning" title={t('warnings', { count: warnings.length })}>
          <ul className="list-disc ps-4">
            {warnings.map((warning) => (
              <li key={warning} className="break-words">
                {warning}
              </li>
            ))}
          </ul>
        </Banner>
      )}
    </div>
  );
}

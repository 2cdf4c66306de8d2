import { useLocale, useTranslations } from 'next-intl';
import type { DeployReview } from '@bailiwick/contract';
import { formatBytes } from '../../lib/format.ts';
import { Fact, Facts } from '../container-page/facts.tsx';
import { useAccessWords } from '../access/access-words.ts';
import { describeOptions } from './advanced-options.rules.ts';
import type { Gift } from './deploy-form.rules.ts';

export interface MadeProps {
  review: DeployReview;
  /** The name of the one it will be in. */
  project: string | undefined;
  access: readonly Gift[];
}

/** What will be made, fact by fact. */
export function Made({ review, project, access }: MadeProps) {
  const t = useTranslations('deploy.made');
  const summary = useTranslations('deploy.summary');
  const policy = useTranslations('deploy.restartPolicy');
  const advanced = useTranslations('deploy.advanced.field');
  const start = useTranslations('deploy.image.protocolOf');
  const words = useAccessWords();
  const locale = useLocale();
  const list = (lines: readonly string[]) => (
    <ul>
      {lines.map((line, at) => (
        <li key={`${at} ${line}`}>{line}</li>
      ))}
    </ul>
  );
  return (
    <Facts>
      <Fact name={t('name')} code>
        {review.name}
      </Fact>
      {project !== undefined && <Fact name={t('project')}>{project}</Fact>}
      <Fact name={t('image')} code>
        {review.image}
      </Fact>
      {review.ports.length > 0 && (
        <Fact name={t('ports')} code>
          {list(
            review.ports.map(
              ({ ip, hostPort, containerPort, protocol }) =>
                `${ip}:${hostPort ?? summary('anyPort')} → ${containerPort}/${protocol}`,
            ),
          )}
        </Fact>
      )}
      {review.volumes.length > 0 && (
        <Fact name={t('volumes')} code>
          {list(review.volumes.map(({ name, target }) => `${name} → ${target}`))}
        </Fact>
      )}
      {review.binds !== undefined && (
        <Fact name={t('binds')} code>
          {list(
            review.binds.map(({ source, target, readOnly }) => {
              const path = `${source ?? ''} → ${target}`;
              return readOnly ? t('readOnly', { path }) : path;
            }),
          )}
        </Fact>
      )}
      {review.envNames.length > 0 && (
        <Fact name={t('variables')} code>
          {list(review.envNames)}
        </Fact>
      )}
      {review.protocol !== 'generic' && <Fact name={t('protocol')}>{start(review.protocol)}</Fact>}
      {review.installCommand !== null && (
        <Fact name={t('install')} code>
          {list(review.installCommand)}
        </Fact>
      )}
      <Fact name={t('memory')}>{formatBytes(review.memoryBytes, locale)}</Fact>
      <Fact name={t('cpus')}>{summary('cores', { count: review.cpus })}</Fact>
      {review.gpus !== undefined && <Fact name={advanced('gpus')}>{review.gpus}</Fact>}
      {review.disk !== null && (
        <Fact name={t('disk')}>
          {t(review.disk.enforced ? 'diskEnforced' : 'diskTracked', { size: formatBytes(review.disk.bytes, locale) })}
        </Fact>
      )}
      <Fact name={t('restart')}>{policy(review.restart)}</Fact>
      {describeOptions(review.options, (bytes) => formatBytes(bytes, locale)).map(([field, lines]) => (
        <Fact key={field} name={advanced(field)} code>
          {list(lines)}
        </Fact>
      ))}
      {access.length > 0 && (
        <Fact name={t('access')}>
          {list(access.map(({ name, role, carries }) => `${name}: ${words.roleOrCarried(role, carries)}`))}
        </Fact>
      )}
      {(['domainName', 'launchUrl', 'explorerRoot', 'consoleDirectory'] as const).map(
        (field) =>
          review[field] !== null && (
            <Fact key={field} name={t(field)} code>
              {review[field]}
            </Fact>
          ),
      )}
    </Facts>
  );
}
